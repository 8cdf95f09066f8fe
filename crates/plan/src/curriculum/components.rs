//! Which courses go round in circles with one another (strongly connected components, after Kosaraju), without recursion.

/// The components of more than one vertex, and single vertices with an arrow to themselves; each ascending, in the order
/// of their first vertices.
pub(super) fn round(next: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut before = vec![Vec::new(); next.len()];
    for (from, targets) in next.iter().enumerate() {
        targets.iter().for_each(|to| before[*to].push(from));
    }
    let mut component = vec![usize::MAX; next.len()];
    let mut members: Vec<Vec<usize>> = Vec::new();
    for root in finished(next).into_iter().rev() {
        if component[root] != usize::MAX {
            continue;
        }
        let mut stack = vec![root];
        component[root] = members.len();
        let mut found = Vec::new();
        while let Some(vertex) = stack.pop() {
            found.push(vertex);
            for &other in &before[vertex] {
                if component[other] == usize::MAX {
                    component[other] = members.len();
                    stack.push(other);
                }
            }
        }
        found.sort_unstable();
        members.push(found);
    }
    members.retain(|found| found.len() > 1 || next[found[0]].contains(&found[0]));
    members.sort_unstable();
    members
}

/// The vertices in the order in which a search in depth is done with them.
fn finished(next: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; next.len()];
    let mut order = Vec::with_capacity(next.len());
    for root in 0..next.len() {
        if seen[root] {
            continue;
        }
        seen[root] = true;
        let mut stack = vec![(root, 0)];
        while let Some((vertex, arrow)) = stack.last_mut() {
            if let Some(&to) = next[*vertex].get(*arrow) {
                *arrow += 1;
                if !seen[to] {
                    seen[to] = true;
                    stack.push((to, 0));
                }
            } else {
                order.push(*vertex);
                stack.pop();
            }
        }
    }
    order
}
