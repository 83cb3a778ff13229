import AdapterKit
import HTTP

/// How a method of a path is reached in nocturne, and the test that goes over HTTP for it.
struct Reach: Sendable {
    let words: String
    /// Suite and test: `Bonding over HTTP: commands / a restart is one POST…`.
    let test: String

    init(_ words: String, _ test: String) {
        self.words = words
        self.test = test
    }

    /// What no pane and no command uses is reached in browse.
    static func browsing(acts: Bool) -> Reach {
        Reach(
            "`browse`",
            acts
                ? "Browse over HTTP / every path of a catalogue that changes is driven"
                : "Browse over HTTP / every path of a catalogue that reads is walked")
    }
}

/// An API in the document of what is covered.
struct CoveredAPI: Sendable {
    /// What the exceptions are under.
    let kind: String
    let title: String
    let introduction: String
    let catalogue: [CatalogueEntry]
    let reached: [String: Reach]

    /// A row of the table of an API.
    struct Row: Sendable {
        let section: String
        let title: String
        let path: String
        let method: Method
        let reach: Reach

        /// As in `GET /devices`.
        var name: String { "\(method.rawValue) \(path)" }
    }

    /// What stands before the reason where no test goes over HTTP.
    static let untested = "none over HTTP:"

    var rows: [Row] {
        catalogue.flatMap { entry in
            let names = entry.name.split(separator: ", ")
            return entry.methods.enumerated().map { index, method in
                let path = entry.template.description
                let name = names.indices.contains(index) ? " (`\(names[index])`)" : ""
                let request = "\(method.rawValue) \(path)"
                let acts = entry.acting.contains(method)
                let doubt = acts ? Exceptions.undriven[kind]?[request] : Exceptions.unread(path, of: kind)
                let browsing = doubt.map { Reach("`browse`", "\(Self.untested) \($0)") }
                return Row(
                    section: entry.section, title: entry.title + name, path: path, method: method,
                    reach: reached[request] ?? browsing ?? .browsing(acts: acts))
            }
        }
    }

    /// The part of the document.
    var text: String {
        let head =
            "## \(title)\n\n\(introduction)\n\n| section | title | path | method | in nocturne | test |\n"
        return head + "|---|---|---|---|---|---|\n"
            + rows.map { row in
                let path = row.path.isEmpty ? "the root" : "`\(row.path)`"
                let cells = [
                    row.section, row.title, path, row.method.rawValue, row.reach.words, row.reach.test,
                ]
                return "| \(cells.joined(separator: " | ")) |\n"
            }.joined()
    }
}
