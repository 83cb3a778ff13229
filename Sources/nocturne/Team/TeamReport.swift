import Canvas
import Domain
import Team

/// What `nocturne team status` prints.
struct TeamReport {
    private let status: TeamAdministration.Status

    init(_ status: TeamAdministration.Status) { self.status = status }

    /// All of it, as lines.
    var text: String {
        ([Self.head(status), ""] + screens + [""] + answers).joined(separator: "\n")
    }

    /// What the database is, in a line.
    static func head(_ status: TeamAdministration.Status) -> String {
        let server = "\(status.server / 10_000).\(status.server % 10_000)"
        return "PostgreSQL \(server), tables of version \(status.version), answers within "
            + milliseconds(status.roundTrip)
    }

    private var screens: [String] {
        guard !status.screens.isEmpty else { return ["nobody is connected"] }
        let rows = status.screens.map { screen in
            let all = screen.taken + screen.fetched
            // What only reads is not counted: it may write nothing. What has just joined has not counted yet.
            func counted(_ text: String) -> String { screen.isCounted ? text : "–" }
            return [
                screen.name, screen.account, screen.shares ? "shares" : "reads", screen.version,
                screen.joined.map { Quantity.age(Int64($0)) } ?? "–",
                counted(Quantity.count(Int(screen.taken))), counted(Quantity.count(Int(screen.fetched))),
                counted(all == 0 ? "–" : "\(screen.taken * 100 / all) %"),
                counted(Self.milliseconds(screen.lag)), screen.servers,
            ]
        }
        return Self.columns(
            [["WHO", "ACCOUNT", "ROLE", "VERSION", "SINCE", "TAKEN", "FETCHED", "HITS", "LAG", "SERVERS"]]
                + rows)
    }

    private var answers: [String] {
        guard !status.answers.isEmpty else { return ["nothing is shared now"] }
        let rows = status.answers.map { answer in
            [
                answer.list, Quantity.age(Int64(answer.age)), answer.fetchedBy,
                answer.fetching.isEmpty ? "–" : answer.fetching, Self.kilobytes(answer.bytes),
                Self.kilobytes(answer.stored), answer.account, "\(answer.server) \(answer.request)",
            ]
        }
        return Self.columns(
            [["LIST", "AGE", "FETCHED BY", "FETCHING", "SIZE", "STORED", "AS", "REQUEST"]] + rows)
    }

    private static func milliseconds(_ seconds: Double) -> String {
        "\(Int((seconds * 1_000).rounded(.up))) ms"
    }

    private static func kilobytes(_ bytes: Int64) -> String { "\((bytes + 1_023) / 1_024) kB" }

    /// Rows in columns as wide as what stands in them; what comes from a database is cleaned.
    private static func columns(_ rows: [[String]]) -> [String] {
        let clean = rows.map { $0.map { CleanText.oneLine($0) } }
        let widths = (0..<(clean.first?.count ?? 0)).map { column in
            clean.reduce(0) { max($0, CharacterWidth.of($1[column])) }
        }
        return clean.map { row in
            row.enumerated().map { column, text in
                column == row.count - 1
                    ? text : text + String(repeating: " ", count: widths[column] - CharacterWidth.of(text))
            }.joined(separator: "  ")
        }
    }
}
