#!/usr/bin/env python3
"""Other engines beside ours, same texts, same queries, one after another on one machine.

usage: compare.py SET_DIR --ours ASK [--only sqlite,bm25s,xapian,postgres,ours] [--repeat N]

SET_DIR holds corpus.jsonl, queries.jsonl and qrels.tsv (BEIR). ASK is the built example `ask` of this crate. An engine that is
not installed is left out and said so: sqlite3 (Python's own), bm25s (PyPI), xapian (python3-xapian), postgres (run as root, it
makes a cluster of its own in a temporary folder as the user postgres). `--repeat N` indexes every text N times, for size; then
the quality is not judged. Prints one row for each engine: time to build, p50 and p95 of a query that wants ten, memory or disk,
nDCG@10 over all queries. It does not tune anybody: each engine is used as its manual says for Chinese.
"""
import argparse, json, math, os, pathlib, re, resource, sqlite3, subprocess, sys, tempfile, time


def lines(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def bigrams(text):
    runs = re.findall(r"[a-z0-9.\-]+|[\u4e00-\u9fff]+", text.lower())
    return [g for r in runs for g in ([r] if r[0] < "\u4e00" or len(r) == 1 else [r[i : i + 2] for i in range(len(r) - 1)])]


def resident():
    return int(re.search(r"VmRSS:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024


def timed(ask, queries):
    found, times = [], []
    for q in queries:
        begun = time.perf_counter()
        found.append(ask(q["text"]))
        times.append((time.perf_counter() - begun) * 1e3)
    return found, times


def sqlite(texts, queries, tmp):
    begun = time.perf_counter()
    db = sqlite3.connect(f"{tmp}/fts.db")
    db.execute("create virtual table t using fts5(x, tokenize='trigram')")
    db.executemany("insert into t(rowid, x) values (?, ?)", enumerate(texts))
    db.commit()
    built = time.perf_counter() - begun

    def ask(text):
        runs = re.findall(r"\w+", text)
        grams = dict.fromkeys(r[i : i + 3] for r in runs for i in range(max(len(r) - 2, 0)))
        match = " OR ".join('"' + g + '"' for g in grams)
        return [r for (r,) in db.execute("select rowid from t where t match ? order by rank limit 10", (match,))] if match else []

    return built, *timed(ask, queries), os.path.getsize(f"{tmp}/fts.db") >> 20


def bm25s_(texts, queries, tmp):
    import bm25s

    before, begun = resident(), time.perf_counter()
    index = bm25s.BM25()
    index.index([bigrams(t) for t in texts], show_progress=False)
    built = time.perf_counter() - begun
    known = set(index.vocab_dict)

    def ask(text):
        words = [g for g in bigrams(text) if g in known]
        return [int(i) for i in index.retrieve([words], k=10, show_progress=False)[0][0]] if words else []

    return built, *timed(ask, queries), resident() - before


def xapian_(texts, queries, tmp):
    import xapian

    begun = time.perf_counter()
    db = xapian.WritableDatabase(f"{tmp}/xapian", xapian.DB_CREATE)
    generator = xapian.TermGenerator()
    generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
    for i, text in enumerate(texts):
        doc = xapian.Document()
        generator.set_document(doc)
        generator.index_text(text)
        doc.set_data(str(i))
        db.add_document(doc)
    db.commit()
    built = time.perf_counter() - begun
    enquire = xapian.Enquire(db)

    def ask(text):
        doc = xapian.Document()  # the parser joins the pairs of one run by AND, which finds next to nothing: take them by OR
        generator.set_document(doc)
        generator.index_text(text)
        enquire.set_query(xapian.Query(xapian.Query.OP_OR, [t.term for t in doc.termlist()]))
        return [int(m.document.get_data()) for m in enquire.get_mset(0, 10)]

    size = lambda: sum(f.stat().st_size for f in pathlib.Path(f"{tmp}/xapian").iterdir()) >> 20
    return built, *timed(ask, queries), size()


def postgres(texts, queries, tmp):
    home = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip() or "/usr/lib/postgresql/15/bin"
    os.chmod(tmp, 0o777)
    cluster = f"{tmp}/pg"
    user = lambda *c, **k: subprocess.run(["runuser", "-u", "postgres", "--", *c], check=True, capture_output=True, text=True, **k)
    user(f"{home}/initdb", "-D", cluster, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
    user(f"{home}/pg_ctl", "-D", cluster, "-w", "-l", f"{tmp}/log", "-o", f"-k {tmp} -h ''", "start", stdin=subprocess.DEVNULL)
    try:
        sql = lambda text: user("psql", "-h", tmp, "-d", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1", input=text).stdout
        begun = time.perf_counter()
        rows = "".join(f"{i}\t{' '.join(bigrams(t))}\t{re.sub(chr(92) * 2 + '|[' + chr(9) + chr(10) + chr(13) + ']', ' ', t)}\n" for i, t in enumerate(texts))
        sql("create extension pg_trgm; create table t(i int, v tsvector, x text); create temp table l(i int, g text, x text);\n"
            f"copy l from stdin;\n{rows}\\.\ninsert into t select i, to_tsvector('simple', g), x from l;"
            "create index on t using gin(v); create index on t using gin(x gin_trgm_ops); analyze t;")
        built = time.perf_counter() - begun
        script = ["\\timing on"]
        for q in queries:
            terms = " | ".join("'" + g.replace("'", "") + "'" for g in dict.fromkeys(bigrams(q["text"]))).replace("'", "''") or "''"
            plain = q["text"].replace("'", "''")
            script.append(f"select i from t, to_tsquery('simple', '{terms}') q where v @@ q "
                          f"order by ts_rank(v, q, 1) + word_similarity('{plain}', x) desc limit 10;\n\\echo --")
        out = sql("\n".join(script)).split("--\n")
        found = [[int(x) for x in re.findall(r"^\d+$", part, re.M)] for part in out[: len(queries)]]
        times = [float(re.search(r"Time: ([\d.]+)", part)[1]) for part in out[: len(queries)]]
        return built, found, times, int(sql("select pg_total_relation_size('t') >> 20"))
    finally:
        user(f"{home}/pg_ctl", "-D", cluster, "-w", "-m", "immediate", "stop")


def ndcg(ranked, rel):
    ideal = sum(g / math.log2(i + 2) for i, g in enumerate(sorted(rel.values(), reverse=True)[:10]))
    return sum(rel.get(d, 0) / math.log2(i + 2) for i, d in enumerate(ranked[:10])) / ideal if ideal else 0.0


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("set", type=pathlib.Path), ap.add_argument("--ours", required=True)
    ap.add_argument("--only", default="ours,sqlite,bm25s,xapian,postgres"), ap.add_argument("--repeat", type=int, default=1)
    ap.add_argument("--every", type=int, default=1, help="ask only every Nth query")
    a = ap.parse_args()
    corpus, queries, rel = lines(a.set / "corpus.jsonl"), lines(a.set / "queries.jsonl"), {}
    for line in open(a.set / "qrels.tsv", encoding="utf-8").read().splitlines()[1:]:
        q, d, g = line.split("\t")
        rel.setdefault(q, {})[d] = int(g)
    queries = queries[:: a.every]
    ids = [d["_id"] for d in corpus]
    texts = [d["text"] for d in corpus] * a.repeat
    print(f"{'engine':9} {'build s':>8} {'p50 ms':>8} {'p95 ms':>8} {'MB':>6} {'nDCG@10':>8}")
    for name in a.only.split(","):
        with tempfile.TemporaryDirectory() as tmp:
            try:
                if name == "ours":
                    folder = pathlib.Path(tmp)
                    (folder / "corpus.jsonl").write_text("\n".join(json.dumps({**d, "_id": ids[i % len(ids)]}) for i, d in enumerate(corpus * a.repeat)))
                    (folder / "queries.jsonl").write_text("\n".join(json.dumps(q) for q in queries))
                    told = json.loads(subprocess.run([a.ours, tmp, f"{tmp}/run"], check=True, capture_output=True, text=True).stdout)
                    ranked = {}
                    for line in open(f"{tmp}/run"):
                        ranked.setdefault(line.split()[0], []).append(line.split()[2])
                    found, row = [ranked.get(q["_id"], []) for q in queries], [told[k] for k in ("build_s", "p50_ms", "p95_ms", "memory_mb")]
                else:
                    engine = {"sqlite": sqlite, "bm25s": bm25s_, "xapian": xapian_, "postgres": postgres}[name]
                    built, found, times, size = engine(texts, queries, tmp)
                    times.sort()
                    found = [[ids[i % len(ids)] for i in f] for f in found]
                    row = [built, times[len(times) // 2], times[int(len(times) * 0.95)], size]
            except (ImportError, OSError, subprocess.CalledProcessError) as e:
                print(f"{name:9} left out: {getattr(e, 'stderr', None) or e}"[:300])
                continue
        quality = sum(ndcg(f, rel.get(q["_id"], {})) for f, q in zip(found, queries)) / len(queries) if a.repeat == 1 else float("nan")
        print(f"{name:9} {row[0]:8.2f} {row[1]:8.2f} {row[2]:8.2f} {row[3]:6.0f} {quality:8.3f}", flush=True)


main()
