import Domain
import RealServer
import Testing

@testable import History
@testable import TeamHistory

/// Numbers that somebody wrote into a team's tables who may.
@Suite("Numbers in a team's history", .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed"))
struct HostileNumberTests {
    private static let farthest = [Int64.max, .min, .min + 1, 1 << 58, -1]

    /// A row of each table with a number.
    private static func rows(_ number: Int64) -> [String] {
        let codes = "decode(repeat('01', 600), 'hex')"
        let value = "('\(number)'::bigint)"
        return [
            "history_keepers (name, days, bytes, seen_at) VALUES ('x\(number)', \(value), \(value), 'infinity')",
            "history_keepers (name, days, bytes, seen_at) VALUES ('y\(number)', \(value), \(value), now())",
            "history_looks (operator, looked) VALUES ('x\(number)', \(value))",
            "history_lists (source, kind, seen) VALUES (1, 'x\(number)', \(value))",
            "history_spans (source, kind, since, until, gap) VALUES (1, 'x', \(value), \(value), \(value))",
            "history_current (source, kind, entity, name, device, site, state, severity, note, said, seen) "
                + "VALUES (1, 'device', 'x\(number)', '', '', '', 'up', \(value), '', \(value), \(value))",
            "history_changes (source, kind, entity, name, device, site, seen, after, severity, said, last_seen, note) "
                + "VALUES (1, 'device', 'x\(number)', '', '', '', \(value), 'up', \(value), \(value), \(value), '')",
            "history_sampled (sampling, number, entity, name, device, active, seen, used) "
                + "VALUES (1, \(value), 'x\(number)', '', '', true, \(value), 0)",
            "history_samplings (source, kind, fields, step) VALUES (1, 'port', 'x\(number)', \(value))",
            "history_readings (sampling, at) VALUES (1, \(value))",
            "history_sheets (reading, sheet, codes) VALUES (1, \(value), \(codes))",
            "history_bundles (sampling, sheet, day, step, times) VALUES (1, 0, \(value), \(value), \(codes))",
            "history_bundles (sampling, sheet, day, step, times) VALUES (1, \(value), \(value), 300, \(codes))",
            "history_blocks (bundle, member, field, codes) VALUES (1, \(value), \(value), \(codes))",
        ].map { "INSERT INTO nocturne.\($0)" }
    }

    @Test("a row with a number of which no moment can be made is refused by the tables")
    func refused() throws {
        let database = try TeamDatabase()
        for row in Self.rows(.max) + Self.rows(-1) where !row.contains("bytes, seen_at) VALUES ('y") {
            let isRefused = try database.sql(
                """
                CREATE FUNCTION pg_temp.is_refused() RETURNS boolean LANGUAGE plpgsql AS $f$
                BEGIN \(row); RETURN false; EXCEPTION WHEN check_violation THEN RETURN true; END $f$;
                SET ROLE noc; SELECT pg_temp.is_refused();
                """)
            #expect(isRefused.hasSuffix("t\n"), "\(row)")
        }
    }

    @Test("where one is there all the same, everything is read, recorded and trimmed", arguments: farthest)
    func there(_ number: Int64) throws {
        let database = try TeamDatabase(isAltered: true)
        let store = database.store()
        let man = Watchman(store)
        let meter = Meter(store)
        let day: Int64 = 86_400
        try man.read(Lists.devices([1: "up"]))
        try man.read(Lists.devices([1: "down"]))
        for at in [1_000, 2_000, 20 * day] { try meter.read(at: at) { _ in 5 } }
        try database.sql(
            """
            DO $f$ DECLARE c record; BEGIN
                FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
                    WHERE contype = 'c' AND conrelid::regclass::text LIKE 'nocturne.history%'
                LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname); END LOOP;
            END $f$;
            """)
        for row in Self.rows(number) { try database.sql(row) }
        // What screens may set counts as well.
        try database.sql(
            "UPDATE nocturne.history_facts SET value = 1::bigint << 58 WHERE name = 'sample_bytes'")
        let facts = try store.facts()
        #expect(facts.changes == 2 && facts.days >= 0)
        #expect(try store.recall(HistoryQuery(since: Timestamp(.min))).changes.count == 2)
        _ = try store.travel(PastQuery(.earlier))
        for moment in [1_015, .max, .min] as [Int64] {
            _ = try store.travel(PastQuery(.moment(Timestamp(moment))))
        }
        _ = try store.last([HistoryList(backend: "core", kind: .device)])
        _ = try meter.samples(of: 1, since: .min)
        let ports = HistoryList(backend: "core", kind: .port)
        _ = try store.polls(ports, since: Timestamp(.min), until: Timestamp(.max), most: 100)
        #expect(try man.read(Lists.devices([1: "up"])).map(\.short).contains("edge1 down>up"))
        try meter.read(at: 20 * day + 300) { _ in 6 }
        for now in [20, 21, 22, 30, 60] {
            var steps = 0
            while try store.trim(at: Timestamp(Int64(now) * day)), steps < 500 { steps += 1 }
            #expect(steps < 500)
        }
    }
}
