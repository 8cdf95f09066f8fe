"""The planner beside HiGHS on the plain model: CPU seconds, values and bounds, stage by stage, in one run.

`python planner.py --model FILE --credway BINARY INSTANCE…` takes the plain model from the public planner benchmark's own file
(`plan.py`): `build(instance)` gives columns (`lb`, `ub`), rows and the objectives in their order.
Needs `highspy` and `numpy` (requirements-planner.txt). One thread for both; the time limit is per stage.
"""

import argparse
import importlib.util
import json
import subprocess
import time

import highspy
import numpy

OPEN = 10**7  # what the benchmark writes for a row without an upper end


def plain(path):
    spec = importlib.util.spec_from_file_location("plain", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def model_of(plain_model):
    columns, rows = len(plain_model.lb), plain_model.rows
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns, len(rows)
    lp.col_cost_ = numpy.zeros(columns)
    lp.col_lower_, lp.col_upper_ = numpy.array(plain_model.lb, float), numpy.array(plain_model.ub, float)
    lp.row_lower_ = numpy.array([row[1] for row in rows], float)
    lp.row_upper_ = numpy.array([row[2] if row[2] < OPEN else highspy.kHighsInf for row in rows], float)
    starts = numpy.cumsum([0] + [len(row[0]) for row in rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = starts
    lp.a_matrix_.index_ = numpy.array([column for row in rows for column in row[0]])
    lp.a_matrix_.value_ = numpy.array([factor for row in rows for factor in row[0].values()], float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return lp


def peer(model, objectives, limit):
    """Each stage: name, value, bound, CPU seconds; what an earlier stage reached is a row of the next."""
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", limit), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    solver.passModel(model_of(model))
    columns, known = len(model.lb), None
    for name, terms, constant in objectives:
        costs = {}
        for column, factor in terms:
            costs[column] = costs.get(column, 0) + factor
        everything = numpy.arange(columns, dtype=numpy.int32)
        solver.changeColsCost(columns, everything, numpy.array([costs.get(at, 0) for at in range(columns)], float))
        if known is not None:
            start = highspy.HighsSolution()
            start.col_value = known
            solver.setSolution(start)
        before = time.process_time()
        solver.run()
        spent, info = time.process_time() - before, solver.getInfo()
        if info.primal_solution_status != 2:
            yield name, None, None, spent
            return
        known = list(solver.getSolution().col_value)
        value = round(info.objective_function_value)
        yield name, value + constant, info.mip_dual_bound + constant, spent
        row = numpy.array(list(costs), dtype=numpy.int32), numpy.array(list(costs.values()), float)
        solver.addRow(-highspy.kHighsInf, value + 0.01, len(costs), *row)


def ours(binary, instance):
    run = subprocess.run([binary, "--json", "plan", "--instance", instance], capture_output=True, check=True)
    return {stage["name"]: stage for stage in json.loads(run.stdout)["stages"]}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("instances", nargs="+")
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--credway", required=True)
    arguments.add_argument("--limit", type=float, default=60.0)
    given = arguments.parse_args()
    module = plain(given.model)
    print("| Instance | Stage | Credway | CPU s | HiGHS, plain model | bound | CPU s |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for path in given.instances:
        with open(path, encoding="utf-8") as source:
            instance = json.load(source)
        own, total = ours(given.credway, path), [0.0, 0.0]
        for name, value, bound, spent in peer(*module.build(instance), given.limit):
            stage = own[name]
            total = [total[0] + stage["cpu_seconds"], total[1] + spent]
            said = ("–", "–") if value is None else (f"{value}", f"{bound:.1f}")
            print(f"| {path} | {name} | {stage['value']} | {stage['cpu_seconds']:.2f} | {said[0]} | {said[1]} | {spent:.2f} |")
        print(f"| {path} | all | | {total[0]:.2f} | | | {total[1]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
