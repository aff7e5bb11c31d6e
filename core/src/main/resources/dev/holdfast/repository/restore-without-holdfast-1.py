"""Restores one backup from this repository into a new PostgreSQL database, without Holdfast.

  python3 restore-without-holdfast-1.py [FOLDER] --list                    which backups there are
  python3 restore-without-holdfast-1.py [FOLDER] SOURCE/ID                 read and check every byte, restore nothing
  python3 restore-without-holdfast-1.py [FOLDER] SOURCE/ID --piece NAME    print a piece: roles.sql, schema.sql, ...
  python3 restore-without-holdfast-1.py [FOLDER] SOURCE/ID NEWDB           make the database NEWDB from the backup
      --no-owner   leave out owners and rights: when the roles of the backup (piece roles.sql) do not exist here

FOLDER is the repository; if left out, the folder of this script. Needs Python 3.8 or newer and the programs zstd, psql and
pg_restore, as new as the pg_dump that wrote the backup (piece schema.dump). The server is chosen by PGHOST, PGPORT, PGUSER and so on.
It ends with OK and exit code 0; with FAILED and 1; or with RESTORED, BUT and 3: every row is there, and listed is what could not be
made as it was, such as a foreign key that rows break."""
import glob, hashlib, json, os, re, subprocess, sys, tempfile

PSQL = ["psql", "-X", "-v", "ON_ERROR_STOP=1", "-d"]
PIECES = {"schema.dump", "schema.sql", "database.sql", "roles.sql", "sequences.sql", "refresh.sql",
          "large-objects.sql", "large-object-rights.sql"}
TRIGGERS, KEYS, COMMENTS = (rb"(?:COMMENT - |SECURITY LABEL - )?EVENT TRIGGER ", rb"FK CONSTRAINT ", rb"COMMENT .* CONSTRAINT ")
created = ""  # the new database, once it exists
unlike = []  # what is not as it was, though every row is there

def fail(why):
    sys.exit("FAILED: " + why + ("; database %s is NOT complete, drop it" % created if created else ""))

def read(path, offset=0, length=-1):
    with open(os.path.join(folder, path), "rb") as file:
        file.seek(offset)
        return file.read(length)

def run(doing, command, data=b""):
    ran = subprocess.run(command, input=data, stdout=subprocess.PIPE)
    return ran.stdout if ran.returncode == 0 else fail("%s: %s failed, its message is above" % (doing, command[0]))

def quoted(name):
    return '"' + name.replace('"', '""') + '"'

def places(chunk, pack, offset, length, hops=8):
    """Where a chunk may be: in its pack, then where forwards beside the pack say that it is now, the newest first."""
    path = "packs/%s/%s" % (pack[:2], pack)
    yield path, offset, length
    beside = [path + ".moved.json"] + [path + ".moved-%d.json" % number for number in range(2, 100)]
    forwards = [name for name in beside if os.path.exists(os.path.join(folder, name))]
    for name in reversed(forwards if hops else []):
        for moved in json.loads(read(name))["chunks"]:
            if moved["chunk"] == chunk:
                yield from places(chunk, moved["pack"], moved["offset"], moved["length"], hops - 1)

def fetch(chunk, pack, offset, length, raw_length):
    """The bytes of a chunk, shown to be the ones that its id names."""
    for path, at, size in places(chunk, pack, offset, length):
        if os.path.exists(os.path.join(folder, path)):
            raw = subprocess.run(["zstd", "-dcq"], input=read(path, at, size), capture_output=True).stdout
            if len(raw) == raw_length and hashlib.sha256(raw).hexdigest() == chunk:
                return raw
    fail("chunk %s of pack %s is missing or damaged" % (chunk, pack))

def fetch_lines(place):
    return [json.loads(line) for line in fetch(**place).split(b"\n")[:-1]]

def read_head(name):
    if not os.path.exists(os.path.join(folder, "backups", name + ".json")):
        fail("there is no backup %s here; --list shows which there are" % name)
    body = read("backups/%s.json" % name)
    if body.startswith(b'{"tombstone":'):
        fail(name + " is no backup, only the mark of one that was never finished")
    digest = "%s  %s.json\n" % (hashlib.sha256(body).hexdigest(), name.split("/")[1])
    if read("backups/%s.json.sha256" % name) != digest.encode():
        fail("the head of %s does not match its digest" % name)
    head = json.loads(body)
    if head["format"] != 1 or head["needs"] or head["database"]["product"] != "postgresql":
        fail(name + " needs more than this script knows")
    if head["source"] + "/" + head["id"] != name:
        fail("the head of %s belongs to another backup" % name)
    return head

def read_piece(head, name):
    piece = next((piece for piece in head["pieces"] if piece["name"] == name), None)
    data = b"".join(fetch(**place) for place in piece["chunks"]) if piece else b""
    return data if piece and len(data) == piece["bytes"] else fail("piece %s is missing or cut" % name)

def read_rows(relation):
    """The relation's COPY text, chunk by chunk; a row is a line. Fails unless rows and bytes are what the lists say."""
    rows = size = 0
    for place in relation["lists"]:
        first, *ranges = fetch_lines(place)
        for each in ranges:
            rows_before = rows
            for chunk, pack, offset, length, raw_length in each["chunks"]:
                raw = fetch(chunk, first["packs"][pack], offset, length, raw_length)
                rows += raw.count(b"\n")
                size += len(raw)
                yield raw
            if rows - rows_before != each["count"]:
                fail("range %s of %s does not have %d rows" % (each["range"], relation["name"], each["count"]))
    if rows != relation["count"] or size != relation["bytes"]:
        fail("%s does not have %d rows of %d bytes" % (relation["name"], relation["count"], relation["bytes"]))

def statements(facts, database):
    """What loads a relation: pages of large objects go through a temporary table, each other one straight in."""
    name = "%s.%s" % (quoted(facts["schema"]), quoted(facts["name"]))
    columns = "(%s)" % ", ".join(map(quoted, facts["columns"])) if facts["columns"] else ""
    path = "SELECT set_config('search_path', '%s', false)" % database["search_path"].replace("'", "''")
    copy = " FROM STDIN (ENCODING '%s')" % database["locale"]["encoding"]
    if "large_objects" not in facts:
        return [path, "COPY %s %s%s" % (name, columns, copy)]
    at = "pageno::bigint * %d" % facts["page_bytes"]
    pages = "pg_temp.holdfast_pages"
    return ["CREATE TEMP TABLE holdfast_pages (loid oid, pageno int, data bytea)", "COPY " + pages + copy,
            "SELECT count(lo_put(loid, %s, data)) FROM %s WHERE data <> ''" % (at, pages),
            "SELECT count(lo_truncate64(lo_open(loid, 131072), %s)) FROM %s WHERE data = ''" % (at, pages)]

def load(relation, target, database, refused):
    """Loads a relation, or puts it with the refused ones: a check may look at a table that comes later."""
    if "foreign_leaf" in relation["relation"]:
        fail("rows of %s could go to another server, through its foreign partition" % relation["name"])
    commands = [word for each in statements(relation["relation"], database) for word in ("-c", each)]
    psql = subprocess.Popen(PSQL + [target] + commands, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        for raw in read_rows(relation):
            psql.stdin.write(raw)
        answer = psql.communicate()[0].decode().strip()
    except BrokenPipeError:
        answer = "nothing"
    except BaseException:
        psql.kill()  # before it sees an end of its input, so that nothing half is committed
        raise
    if "COPY %d" % relation["count"] not in answer.splitlines() or psql.wait() != 0:
        refused.append(relation)
        print("%s: psql should answer COPY %d, but said %s" % (relation["name"], relation["count"], answer))

def each_relation(head, use):
    """Uses every relation of a backup, and fails unless they add up to what the head says."""
    known = {"relation_list": 1, "algorithms": {"chunk_id": "sha-256", "coding": "zstd", "digest": "xxh3-128-sum"}}
    found = {"relations": 0, "rows": 0, "bytes": 0}
    for place in head["relations"]:
        first, *relations = fetch_lines(place)
        if first != known:
            fail("the relation list needs more than this script knows")
        for relation in relations:
            use(relation)
            print("%12d rows  %s" % (relation["count"], relation["name"]), flush=True)
            found["relations"] += 1
            found["rows"] += relation["count"]
            found["bytes"] += relation["bytes"]
    if any(found[what] != head["totals"][what] for what in found):
        fail("the head says %s, but found was %s" % (head["totals"], found))
    return "%(relations)d relations, %(rows)d rows, %(bytes)d bytes" % found

def attempt(what, target, sql):
    """Runs statements of which each may fail; what did not work is told in the end."""
    command = ["psql", "-X", "-q", "-d", target]
    quiet = dict(os.environ, PGOPTIONS=os.environ["PGOPTIONS"] + " -c client_min_messages=error")
    ran = subprocess.run(command, input=sql, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=quiet)
    if ran.returncode != 0:
        fail("%s: %s" % (what, ran.stderr.decode(errors="replace")))
    if ran.stderr.strip():
        unlike.append("%s: %s" % (what, ran.stderr.decode(errors="replace").strip()))

def warn_of_old_program(head):
    """An archive of a newer pg_dump may be one that pg_restore cannot read, or reads without what it does not know."""
    found = run("asking for its version", ["pg_restore", "--version"]).decode().strip()
    dumped = head["database"]["pg_dump"]
    if int(re.search(r"\d+", found).group()) < int(re.search(r"\d+", dumped).group()):
        print("warning: the schema was written by pg_dump %s, and here is %s, which is older: it may be unable to read it"
              % (dumped, found), flush=True)

class Schema:
    """The schema archive, of which each entry of its contents can be had as SQL."""

    def __init__(self, head, target, options):
        self.target, self.options, self.archive = target, options, read_piece(head, "schema.dump")
        listed = run("reading the schema archive", ["pg_restore", "--list"], self.archive)
        self.entries = [line for line in listed.split(b"\n") if re.match(rb"\d+; ", line)]

    def of_kind(self, *kinds):
        return [entry for entry in self.entries if re.match(rb"\d+; \d+ \d+ (?:%s)" % b"|".join(kinds), entry)]

    def sql(self, section, entries):
        """Their statements, without a setting at the beginning that servers before 17 do not know."""
        with tempfile.TemporaryDirectory() as place:
            with open(os.path.join(place, "entries"), "wb") as chosen:
                chosen.write(b"\n".join(entries) + b"\n")
            words = ["--section=" + section, "--file=-", "--use-list=" + chosen.name] + self.options
            sql = run("reading the schema archive", ["pg_restore"] + words, self.archive)
        return re.sub(rb"(?m)^SET transaction_timeout = 0;$", b"", sql, count=1)

    def make(self, section, entries):
        run("making the schema, " + section, PSQL + [self.target], self.sql(section, entries))

    def make_keys(self):
        """Foreign keys, all at once; if rows break one, one by one."""
        keys, comments = self.of_kind(KEYS), self.of_kind(COMMENTS)
        if keys and self.try_keys(self.sql("post-data", keys))[0]:
            for key in keys:
                self.make_key(self.sql("post-data", [key]))
        attempt("comments of constraints", self.target, self.sql("post-data", comments))

    def make_key(self, sql):
        """Makes a key, if need be without looking at the rows that are there, which a partitioned table may not allow."""
        state, why = self.try_keys(sql)
        if state == "23503":  # rows break it
            begin, end = sql.index(b"\nALTER TABLE ") + 1, sql.rindex(b";")
            unchecked = self.try_keys(sql[:end] + b" NOT VALID" + sql[end:])[0]
            how = "was made NOT VALID" if not unchecked else "was LEFT OUT"
            statement = sql[begin:end + 1].decode(errors="backslashreplace")
            unlike.append("rows break a foreign key, so it %s: %s\n%s" % (how, statement, "\n".join(why.splitlines()[:2])))
        elif state not in ("", "42710"):  # it is there from the first attempt
            fail("making a foreign key: " + why)

    def try_keys(self, sql):
        """The SQLSTATE and the message of the error, both empty if there was none."""
        tried = subprocess.run(PSQL[:-1] + ["-qv", "VERBOSITY=verbose", "-d", self.target], input=sql, capture_output=True)
        said = tried.stderr.decode(errors="backslashreplace").strip()
        state = re.search(r":  (?!0[01])([0-9A-Z]{5}): ", said)  # 00 and 01 are notices and warnings
        return ("", "") if tried.returncode == 0 else (state.group(1) if state else "?", said)

def check(head):
    said = each_relation(head, lambda relation: [None for raw in read_rows(relation)])
    for piece in head["pieces"]:
        read_piece(head, piece["name"])
    print("%s and %d pieces read; nothing was restored." % (said, len(head["pieces"])))

def database_statements(sql, old, new, no_owner):
    """What is said of the database, with its new name. Names and values in quotes may hold anything, line feeds too."""
    name = r"""((?:[^"']|"[^"]*")*?\bDATABASE )%s(?=[ ;])""" % re.escape(old)
    rights = r"""GRANT |REVOKE |ALTER ROLE |ALTER DATABASE (?:[^"' ]|"[^"]*")+ OWNER TO """
    found = [each.strip() for each in re.findall(r"""(?:[^;"']|"[^"]*"|'[^']*')*;""", sql)]
    kept = [each for each in found if not (no_owner and re.match(rights, each))]
    return "\n".join(re.sub("^" + name, lambda old_one: old_one.group(1) + new, each) for each in kept)

def restore(head, new, no_owner):
    global created
    sql = read_piece(head, "database.sql").decode()
    create = re.search(r'^CREATE DATABASE ("(?:[^"]|"")+"|[^\s;]+)([^;]*);', sql, re.M)
    settings = database_statements(sql[create.end():], create.group(1), quoted(new), no_owner)
    # Rows are read in the way they were written.
    os.environ["PGCLIENTENCODING"] = "UTF8"
    os.environ["PGOPTIONS"] = os.environ.get("PGOPTIONS", "") + (
        " -c DateStyle=ISO,YMD -c IntervalStyle=postgres -c TimeZone=UTC -c lc_monetary=C -c xmloption=content"
        " -c standard_conforming_strings=on -c statement_timeout=0 -c default_transaction_read_only=off")
    server = PSQL + [os.environ.get("PGDATABASE", "postgres")]
    target = "dbname='%s'" % new.replace("\\", "\\\\").replace("'", "\\'")
    options, parts = create.group(2), ["--no-owner", "--no-privileges"] * no_owner
    spaces = run("asking for tablespaces", server + ["-Atc", "SELECT spcname FROM pg_tablespace"]).decode().splitlines()
    if not set(head["database"]["tablespaces"]) <= set(spaces):
        options = re.sub(r' TABLESPACE = ("(?:[^"]|"")+"|[^\s;]+)', "", options)
        parts.append("--no-tablespaces")
    if int(run("asking for the version", server + ["-Atc", "SHOW server_version_num"])) < 150000:
        options = options.replace(" LOCALE_PROVIDER = libc", "")  # the only one that it has, but it knows no such word
    warn_of_old_program(head)
    schema = Schema(head, target, parts)
    run("making database " + new, server + ["-c", "CREATE DATABASE " + quoted(new) + options])
    created = new
    schema.make("pre-data", schema.entries)
    large_objects = any(piece["name"] == "large-objects.sql" for piece in head["pieces"])
    if large_objects:
        run("making large objects", PSQL + [target], read_piece(head, "large-objects.sql"))
    refused = []
    said = each_relation(head, lambda relation: load(relation, target, head["database"], refused))
    while refused:
        again, refused = refused, []
        for relation in again:
            load(relation, target, head["database"], refused)
        if len(refused) == len(again):
            fail("the server refuses rows of " + ", ".join(relation["name"] for relation in refused))
    later = set(schema.of_kind(TRIGGERS, KEYS, COMMENTS))
    schema.make("post-data", [entry for entry in schema.entries if entry not in later])
    schema.make_keys()
    if large_objects and not no_owner:
        run("giving large objects their owners", PSQL + [target], read_piece(head, "large-object-rights.sql"))
    run("setting sequences", PSQL + [target], read_piece(head, "sequences.sql"))
    attempt("filling materialized views", target, read_piece(head, "refresh.sql"))
    attempt("analyzing", target, b"ANALYZE")
    schema.make("post-data", schema.of_kind(TRIGGERS))  # last, since they could fire at all of this
    run("setting what belongs to the database itself", server, settings.encode())
    print("%s restored into database %s%s." % (said, new, ", without owners and rights" * no_owner))

def list_backups():
    for path in sorted(glob.glob(os.path.join(folder, "backups", "*", "*.json"))):
        name = "/".join(path[:-5].split(os.sep)[-2:])
        if re.fullmatch(r".*/\d{8}_\d{6}(_\d+)?", name) and b'{"tombstone":' != read(path, 0, 13):
            try:
                head = read_head(name)
                print(name, head["kind"], "%d rows" % head["totals"]["rows"], head["description"] or "", sep="  ")
            except SystemExit as damaged:
                print(name, damaged, sep="  ")

def main(words):
    no_owner, piece = "--no-owner" in words, "--piece" in words
    words = [word for word in words if word not in ("--no-owner", "--piece")]
    if words == ["--list"]:
        return list_backups()
    if not 1 <= len(words) <= 2 or words[0].count("/") != 1 or words[-1].startswith("-"):
        return sys.exit(__doc__)
    head = read_head(words[0])
    if piece:
        return sys.stdout.buffer.write(read_piece(head, words[1]))
    print("%s, the state of %s" % (words[0], head["moment"]) + ("" if head["whole"] else ": NOT WHOLE, it lacks rows"))
    for finding in head["findings"]:
        print("%(severity)s: %(object)s: %(message)s" % finding)
    for unknown in {piece["name"] for piece in head["pieces"]} - PIECES:
        print("warning: this script does not know what piece %s is for, and leaves it out" % unknown)
    restore(head, words[1], no_owner) if len(words) == 2 else check(head)
    print("Each byte matched its SHA-256, each count of rows the lists. Not looked at: content digests (XXH3).")
    if unlike:
        print("RESTORED, BUT these are not as they were:\n" + "\n".join(unlike))
        sys.exit(3)
    print("OK")

folder, given = os.path.dirname(os.path.abspath(__file__)), sys.argv[1:]
if given and os.path.exists(os.path.join(given[0], "holdfast.json")):
    folder = os.path.abspath(given.pop(0))
sys.stdout.reconfigure(errors="backslashreplace")
try:
    main(given)
except (OSError, LookupError, ValueError, TypeError, AttributeError, KeyboardInterrupt) as e:
    fail("%s: %s" % (type(e).__name__, e))
