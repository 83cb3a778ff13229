import Domain
import History
import TeamHistory

/// Looks after the file of the history.
enum HistoryCare {
    /// Removes what is too old or too much.
    static func prune(_ store: SQLiteHistory, at now: Timestamp) throws {
        let removed = try store.prune(at: now)
        let facts = try store.facts()
        let samples = try store.sampleFacts()
        let begins = samples.begins.map { ", and what was measured since \(HistoryTime.text($0))" } ?? ""
        Console.print(
            "removed \(Quantity.count(Int(removed))) changes; \(Quantity.count(Int(facts.changes))) are "
                + "left\(begins), in \(size(facts.bytes))")
    }

    /// Says what is in the file and whether it is whole.
    static func check(_ store: SQLiteHistory) throws {
        let facts = try store.facts(isThorough: true)
        let begins = facts.begins.map { " since \(HistoryTime.text($0))" } ?? ""
        Console.print("\(store.path): format \(facts.version), \(size(facts.bytes))")
        Console.print(
            "\(Quantity.count(Int(facts.changes))) changes\(begins); the state of "
                + "\(Quantity.count(Int(facts.entities))) entities")
        let samples = try store.sampleFacts(isThorough: true)
        let measured = samples.begins.map { " since \(HistoryTime.text($0))" } ?? ""
        Console.print(
            "\(Quantity.count(Int(samples.samples ?? 0))) measured values\(measured); those of "
                + "\(Quantity.count(Int(samples.entities))) entities are recorded")
        Console.print("kept for \(store.retention.days) days, at most \(size(store.retention.bytes))")
        let faults = facts.faults + samples.faults
        guard faults.isEmpty else {
            for fault in faults { Console.complain(fault) }
            throw Failure(.usage, "\(store.path) is damaged: move it away, and a new one is begun")
        }
        Console.print("the file is whole")
    }

    /// Removes what is too old or too much for every screen of the team.
    static func prune(_ store: PostgresHistory, at now: Timestamp) throws {
        let removed = try store.prune(at: now)
        let facts = try store.facts()
        Console.print(
            "removed \(Quantity.count(Int(removed))) changes; \(Quantity.count(Int(facts.changes))) are left, in "
                + "\(size(facts.bytes)); PostgreSQL uses the room again")
    }

    /// Says what is in the history of the team; whether its tables are whole only PostgreSQL's own programs can tell.
    static func check(_ store: PostgresHistory) throws {
        for line in lines(try store.facts()) { Console.print(line) }
        Console.print("whether its tables are whole is checked by PostgreSQL's pg_amcheck, not here")
    }

    /// What is in the history of a team, in words.
    static func lines(_ facts: HistoryFacts) -> [String] {
        let begins = facts.begins.map { " since \(HistoryTime.text($0))" } ?? ""
        let measured = facts.measuredSince.map { " since \(HistoryTime.text($0))" } ?? ""
        let servers = facts.sources == 1 ? "1 server and account" : "\(facts.sources) servers and accounts"
        return [
            "the team's history: \(servers), \(size(facts.bytes)) in the database",
            "\(Quantity.count(Int(facts.changes))) changes\(begins); the state of "
                + "\(Quantity.count(Int(facts.entities))) entities",
            "measured values of \(Quantity.count(Int(facts.sampled))) entities\(measured), "
                + "\(size(facts.sampleBytes))",
            "kept for \(facts.days) days, at most \(size(facts.limit))",
        ]
    }

    private static func size(_ bytes: Int64) -> String {
        bytes < 1_000_000 ? "\((bytes + 999) / 1_000) kB" : "\((bytes + 500_000) / 1_000_000) MB"
    }
}
