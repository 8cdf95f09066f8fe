// The matrix by keyboard: one tab stop, arrow keys between cells and heads. Without this file every cell and every head
// is a link in tab order.
"use strict";

(() => {
  const table = document.querySelector("table.mx");
  if (!table) return;
  const wide = window.matchMedia("(min-width: 48rem)");
  const rows = () => Array.from(table.querySelectorAll("thead tr, tbody tr[data-row]"));
  let grid = [];
  let current = null;

  const target = (cell) => cell.querySelector("a") || cell;

  // In the stacked view the cells are an ordinary list of links, so every link keeps its tab stop.
  function arrange() {
    grid = rows().map((row) => Array.from(row.cells));
    const links = table.querySelectorAll("a");
    if (!wide.matches) {
      links.forEach((link) => link.removeAttribute("tabindex"));
      current = null;
      return;
    }
    links.forEach((link) => link.setAttribute("tabindex", "-1"));
    current = table.querySelector("td a") || links[0];
    if (current) {
      current.setAttribute("tabindex", "0");
    }
  }

  function place(element) {
    const cell = element.closest("td, th");
    const index = cell ? grid.findIndex((cells) => cells.includes(cell)) : -1;
    return index < 0 ? null : { row: index, column: grid[index].indexOf(cell) };
  }

  function go(row, column) {
    const cells = grid[Math.max(0, Math.min(row, grid.length - 1))];
    const cell = cells[Math.max(0, Math.min(column, cells.length - 1))];
    const next = target(cell);
    if (current) current.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    current = next;
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  table.addEventListener("keydown", (event) => {
    if (!wide.matches || event.altKey || event.metaKey) return;
    const at = place(event.target);
    if (!at) return;
    const last = grid[at.row].length - 1;
    const page = 10;
    const moves = {
      ArrowLeft: [at.row, at.column - 1],
      ArrowRight: [at.row, at.column + 1],
      ArrowUp: [at.row - 1, at.column],
      ArrowDown: [at.row + 1, at.column],
      Home: event.ctrlKey ? [0, 0] : [at.row, 0],
      End: event.ctrlKey ? [grid.length - 1, last] : [at.row, last],
      PageUp: [at.row - page, at.column],
      PageDown: [at.row + page, at.column],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    go(move[0], move[1]);
  });

  // A mouse click or a jump from elsewhere moves the tab stop along.
  table.addEventListener("focusin", (event) => {
    if (!wide.matches || event.target === current || !place(event.target)) return;
    if (current) current.setAttribute("tabindex", "-1");
    current = event.target;
    current.setAttribute("tabindex", "0");
  });

  wide.addEventListener("change", arrange);
  arrange();
})();
