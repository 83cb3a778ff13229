import ArgumentParser
import Configuration
import Dashboard
import Domain
import JSON
import Links

/// Tells what is linked between servers, and what could be and is not.
struct CheckLinksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links",
        abstract: "Check what links the servers, and which values link nothing.",
        discussion: """
            Reads all lists of all backends and changes nothing. It prints how many things several servers see, how many \
            rows each [[link]] of the configuration links, and every value that several servers know and that links \
            nothing, with the reason: a default MAC address, 0.0.0.0, a value that many rows share. Exit status: 0 fine, \
            1 invalid configuration, 2 a backend failed.
            """)

    @OptionGroup(title: "Servers") var sources: SourceOptions
    @OptionGroup var options: CheckOptions

    mutating func run() throws {
        let setup = try Setup(sources)
        for notice in setup.notices { Console.complain(notice) }
        let patience = Patience(total: options.timeout)
        let network = try setup.connect(forReading: true, patience)
        let progress = ProgressLine.onTerminal(network.plans.map(\.name))
        let rows = wait(for: {
            await FetchedRows.gatherRest(besides: nil, from: network, patience, progress: progress)
        })
        for failure in rows.failures { Console.complain(failure) }
        let links = LinkedRows([rows], network, setup.settings.links)
        let report = LinkReport(links, setup.settings.links)
        if options.output == .json {
            Console.print(report.tree.text)
        } else {
            for line in report.lines { Console.say(line) }
        }
        if !rows.failures.isEmpty { Console.exit(.backendFailed) }
    }
}

/// What is linked, and what is not.
struct LinkReport {
    /// How many things several servers see, by the kind of their first row.
    private(set) var things: [(kind: ResourceKind, plural: String, count: Int)] = []
    /// How many links each described one makes.
    private(set) var described: [(name: String, count: Int)] = []
    /// The values that link nothing.
    private let refusals: [LinkRefusal]
    private let spelling: (EntityRef) -> String
    /// Whether all lists were read; else there may be more of everything.
    private let isWhole: Bool

    init(_ rows: LinkedRows, _ settings: LinkSettings) {
        let network = rows.network
        refusals = network.refusals()
        spelling = rows.spelling
        isWhole = rows.isWhole
        for thing in network.things {
            let plural = network.row(of: thing.first)?.table.resource.plural ?? thing.first.kind.rawValue
            if let place = things.firstIndex(where: { $0.plural == plural }) {
                things[place].count += 1
            } else {
                things.append((thing.first.kind, plural, 1))
            }
        }
        for link in settings.described {
            let kinds = Set(link.from.map(\.kind))
            let count = network.feeds.filter { kinds.contains($0.resource.kind) }.reduce(0) { count, feed in
                count
                    + (feed.table?.refs ?? []).reduce(0) { count, entity in
                        count + network.links(of: entity).count { $0.evidence == .rule(link.name) }
                    }
            }
            described.append((link.name, count))
        }
    }

    /// As a table for eyes.
    var lines: [String] {
        let (more, known) = isWhole ? ("", "") : ("+", " that is known")
        var lines = ["seen by several servers"]
        lines += things.map { thing in
            let noun = thing.count == 1 && isWhole ? thing.kind.rawValue : thing.plural
            return "  \(Quantity.count(thing.count))\(more) \(noun)"
        }
        if things.isEmpty { lines.append("  nothing\(known)") }
        if !described.isEmpty {
            lines.append("by [[link]]")
            for link in described {
                let words =
                    link.count == 0
                    ? "links nothing\(known)"
                    : "\(Quantity.count(link.count))\(more) \(link.count == 1 && isWhole ? "link" : "links")"
                lines.append("  \(link.name): \(words)")
            }
        }
        lines.append("link nothing")
        for refusal in refusals {
            let rest = refusal.count - refusal.entities.count
            let names =
                refusal.entities.map(spelling) + (rest > 0 ? ["and \(Quantity.count(rest)) more"] : [])
            lines.append("  \(refusal.key) \(refusal.value): \(refusal.reason)")
            lines.append("    \(names.joined(separator: ", "))")
        }
        if refusals.isEmpty { lines.append("  no value\(known)") }
        return lines
    }

    /// For scripts.
    var tree: JSONTree {
        [
            "complete": .bool(isWhole),
            "things": .array(
                things.map { ["kind": .string($0.plural), "count": .integer(Int64($0.count))] }),
            "described": .array(
                described.map { ["name": .string($0.name), "links": .integer(Int64($0.count))] }),
            "refused": .array(
                refusals.map { refusal in
                    [
                        "key": .string(refusal.key), "value": .string(refusal.value),
                        "reason": .string(refusal.reason), "count": .integer(Int64(refusal.count)),
                        "entities": .array(refusal.entities.map { .string(spelling($0)) }),
                    ]
                }),
        ]
    }
}
