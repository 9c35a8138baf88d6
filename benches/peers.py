"""recto beside rapidfuzz, dedupe and splink on the same labelled pairs, in one run.

    python3 benches/peers.py FOLDER [--recto target/release/recto] [NAME …]

FOLDER holds NAME.train.csv, NAME.valid.csv and NAME.test.csv. Each program learns from train as far as it learns,
its threshold is chosen on valid (the best F1), and test is read once. The programs are installed in versions that
never change into target/peers-venv by the first run.
"""
import csv, json, os, subprocess, sys, tempfile, time, venv
from pathlib import Path

PINNED = ["rapidfuzz==3.14.6", "dedupe==3.0.3", "splink==5.0.0", "duckdb==2.0.1", "scikit-learn==1.9.1",
          "numpy==2.4.6", "pandas==3.1.1"]
ROOT = Path(__file__).resolve().parent.parent
SIDES = ("front", "back")


def installed():
    """Goes on in the environment that has the programs."""
    home = ROOT / "target" / "peers-venv"
    python = home / "bin" / "python"
    if Path(sys.prefix).resolve() == home.resolve():
        return
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PINNED], check=True)
    os.execv(python, [str(python), *sys.argv])


def read(folder, name, part):
    with open(folder / f"{name}.{part}.csv", encoding="utf8") as file:
        rows = list(csv.DictReader(file))
    pairs = [tuple({side: row[f"{end}_{side}"] for side in SIDES} for end in ("left", "right")) for row in rows]
    return pairs, [row["label"] in ("1", "true") for row in rows]


def marks(scores, labels, threshold):
    called = [score >= threshold for score in scores]
    hits = sum(c and l for c, l in zip(called, labels))
    precision, recall = hits / max(sum(called), 1), hits / max(sum(labels), 1)
    right = sum(c == l for c, l in zip(called, labels)) / len(labels)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9), right


def best(scores, labels):
    """The threshold of the best F1."""
    order, hits, found = sorted(zip(scores, labels), reverse=True), 0, (0.0, 1.0)
    for count, (score, label) in enumerate(order, 1):
        hits += label
        if count == len(order) or order[count][0] < score:
            found = max(found, (2 * hits / (count + sum(labels)), score))
    return found[1]


def by_rapidfuzz(train, valid, test):
    from rapidfuzz import fuzz, utils
    whole = lambda card: " ".join(card.values())
    return [[fuzz.token_set_ratio(whole(a), whole(b), processor=utils.default_process) for a, b in part[0]]
            for part in (valid, test)]


def by_dedupe(train, valid, test):
    """Its distances and its classifier, taught by every pair of train."""
    import dedupe, numpy
    from dedupe.datamodel import DataModel
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV
    kinds = [dedupe.variables.String("front", has_missing=True), dedupe.variables.String("back", has_missing=True),
             dedupe.variables.Text("front", has_missing=True, name="front words")]
    model = DataModel(kinds)
    clean = lambda card: {side: text.lower() or None for side, text in card.items()}
    measure = lambda part: model.distances([(clean(a), clean(b)) for a, b in part[0]])
    steps = {"C": [0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10]}
    learner = GridSearchCV(LogisticRegression(max_iter=1000), steps, scoring="f1")
    learner.fit(numpy.nan_to_num(measure(train)), train[1])
    return [learner.predict_proba(numpy.nan_to_num(measure(part)))[:, 1].tolist() for part in (valid, test)]


def by_splink(train, valid, test):
    """Unsupervised, as it is meant: levels of Jaro-Winkler and of shared words, weights learnt on the pairs of train."""
    import contextlib, io, pandas, splink
    from splink import comparison_library as cl
    sides = [side for side in SIDES if any(pair[0][side] for pair in train[0])]
    def tables(part):
        for end in (0, 1):
            cards = [pair[end] for pair in part[0]]
            yield pandas.DataFrame([{"unique_id": n, "pair": n, **{s: c[s].lower() or None for s in SIDES},
                                     **{f"{s}_words": sorted(set(c[s].lower().split())) for s in SIDES}}
                                    for n, c in enumerate(cards)])
    def linker(part, settings):
        api = splink.DuckDBAPI()
        named = [api.register(table, table_name=f"side_{number}") for number, table in enumerate(tables(part))]
        return splink.Linker(named, settings)
    settings = splink.SettingsCreator(
        link_type="link_only", blocking_rules_to_generate_predictions=["l.pair = r.pair"],
        probability_two_random_records_match=sum(train[1]) / len(train[1]),
        comparisons=[cl.ArrayIntersectAtSizes(f"{side}_words", [12, 8, 6, 4, 2]) for side in sides]
        + [cl.JaroWinklerAtThresholds(side, [0.9, 0.8, 0.7]) for side in sides])
    def scored(part):
        found = linker(part, learnt).inference.predict().as_pandas_dataframe()
        weights = dict(zip(found["unique_id_l"], found["match_weight"]))
        return [float(weights.get(n, -100.0)) for n in range(len(part[0]))]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        teacher = linker(train, settings)
        teacher.training.estimate_u_using_random_sampling(max_pairs=1e5)
        teacher.training.estimate_parameters_using_expectation_maximisation("l.pair = r.pair")
        learnt = teacher.misc.save_model_to_json()
        return [scored(valid), scored(test)]


def by_recto(recto, folder, name):
    with tempfile.TemporaryDirectory() as place:
        model, at = f"{place}/model.json", lambda part: str(folder / f"{name}.{part}.csv")
        run = lambda *words: subprocess.run([recto, "dedupe", *words, "--json"], check=True, capture_output=True, text=True)
        run("train", "--pairs", at("train"), "--valid", at("valid"), "-o", model)
        told = json.loads(run("eval", "--model", model, "--pairs", at("test")).stdout)
    return told["precision"], told["recall"], told["f1"], told["accuracy"]


def main():
    words = sys.argv[1:]
    recto = str(ROOT / "target" / "release" / "recto")
    if "--recto" in words:
        at = words.index("--recto")
        recto = words[at + 1]
        del words[at:at + 2]
    folder, chosen = Path(words[0]), words[1:]
    names = chosen or sorted(path.name.removesuffix(".train.csv") for path in folder.glob("*.train.csv"))
    print(f"{'pairs':16} {'program':10} precision  recall     F1  accuracy  seconds")
    for name in names:
        parts = [read(folder, name, part) for part in ("train", "valid", "test")]
        ways = {"rapidfuzz": by_rapidfuzz, "dedupe": by_dedupe, "splink": by_splink}
        for program in (*ways, "recto"):
            started = time.time()
            try:
                if program == "recto":
                    told = by_recto(recto, folder, name)
                else:
                    valid, test = ways[program](*parts)
                    told = marks(test, parts[2][1], best(valid, parts[1][1]))
            except Exception as error:
                print(f"{name:16} {program:10} failed: {type(error).__name__}: {str(error)[:200]}", flush=True)
                continue
            shown = " ".join(f"{100 * mark:>{width}.1f}" for mark, width in zip(told, (9, 7, 6, 9)))
            print(f"{name:16} {program:10} {shown} {time.time() - started:>8.1f}", flush=True)


if __name__ == "__main__":
    installed()
    main()
