/// What is asked of a team's record: the newest commands that fit.
public struct RecordQuestion: Sendable, Hashable {
    /// So many commands at most.
    public var limit: Int
    /// Seconds that they may be old; nil for any age.
    public var age: Double?
    /// Where they were sent, what was done, and to which entities, each by kind and id; empty for all.
    public var server = "", command = "", targets: [(kind: String, id: String)] = []
    /// The number of a record; empty for all.
    public var id = ""

    /// Asks for the newest commands.
    public init(limit: Int, age: Double? = nil) {
        self.limit = limit
        self.age = age
    }

    /// Whether two ask for the same.
    public static func == (one: RecordQuestion, other: RecordQuestion) -> Bool {
        one.key == other.key
    }

    /// Mixes in what it asks for.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private var key: [String] {
        ["\(limit)", "\(age ?? -1)", server, command, id]
            + targets.map { RecordLine.target($0.kind, $0.id) }
    }
}

/// A line of a team's record.
public struct RecordedLine: Sendable, Hashable {
    /// As it stands in the log of whoever wrote it.
    public var text: String
    /// Seconds since it was written, by the clock of the database.
    public var age: Double
    /// Where the command was sent; empty where that is not known, and for a line that is no command.
    public var server: String
}

/// What the team's record says to a question.
public enum RecordReply: Sendable {
    /// The lines of the commands, the newest command first; of each the newest line first.
    case lines([RecordedLine])
    /// It was not read; the words say why.
    case away(String)
}

/// The record in the database: lines are added, and never changed.
enum RecordTable {
    private static let patience = 4.0

    /// Adds a line unless it is there.
    ///
    /// What became of a command is of no use where the command itself is not there, as one from before the team.
    ///
    /// - Parameters:
    ///   - server: where the command was sent.
    ///   - age: seconds since it was written.
    static func add(
        _ line: RecordLine, server: String, age: Double, _ link: TeamLink
    ) throws(TeamError) {
        let targets = "[" + line.targets.map(quoted).joined(separator: ",") + "]"
        let needsCommand =
            line.part == .command
            ? "" : "WHERE EXISTS (SELECT FROM nocturne.record WHERE id = $1 AND part = 'command')"
        try link.run(
            """
            INSERT INTO nocturne.record (id, part, happened_at, server, command, targets, owner, host, line)
            SELECT $1, $2, clock_timestamp() - make_interval(secs => $3::float8), $4, $5,
                ARRAY(SELECT jsonb_array_elements_text($6::jsonb)), $7, $8, $9 \(needsCommand)
            ON CONFLICT (id, part) DO NOTHING
            """,
            [
                .text(line.id), .text(line.part.text), .number(max(0, age)), .text(server),
                .text(line.command), .text(targets), .text(line.owner), .text(line.host), .text(line.text),
            ], within: patience)
    }

    /// The lines of the newest commands that fit.
    static func lines(_ question: RecordQuestion, _ link: TeamLink) throws(TeamError) -> [RecordedLine] {
        let targets = question.targets.map { quoted(RecordLine.target($0.kind, $0.id)) }
        let fitting =
            targets.isEmpty ? "" : "AND targets && ARRAY(SELECT jsonb_array_elements_text($6::jsonb))"
        var values: [TeamLink.Value] = [
            .whole(Int64(question.limit)), .number(question.age ?? -1), .text(question.server),
            .text(question.command), .text(question.id),
        ]
        if !targets.isEmpty { values.append(.text("[" + targets.joined(separator: ",") + "]")) }
        let rows = try link.run(
            """
            WITH wanted AS MATERIALIZED (
                SELECT id, happened_at FROM nocturne.record WHERE part = 'command'
                    AND ($2::float8 < 0 OR happened_at > clock_timestamp() - make_interval(secs => $2::float8))
                    AND ($3 = '' OR server = $3) AND ($4 = '' OR command = $4) AND ($5 = '' OR id = $5) \(fitting)
                ORDER BY happened_at DESC LIMIT $1::bigint)
            SELECT line, extract(epoch FROM clock_timestamp() - r.happened_at)::float8, server
            FROM wanted AS w JOIN nocturne.record AS r USING (id)
            ORDER BY w.happened_at DESC, r.id, r.part = 'command', r.happened_at DESC, r.stored_at DESC
            """, values, within: patience)
        return rows.map { RecordedLine(text: $0.text(0), age: max(0, $0.number(1) ?? 0), server: $0.text(2)) }
    }

    /// A text as JSON has it.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 32: quoted += " "
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
