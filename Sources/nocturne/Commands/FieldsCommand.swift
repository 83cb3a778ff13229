import ArgumentParser
import Domain
import JSON

/// Prints what `get` can print and what the fields are called.
struct FieldsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract: "List what get and watch can print, with the names of all fields.",
        discussion: "The names are stable: a version of them only ever gets new ones.")

    @Argument(help: "Only this kind or pane.") var resource: String?
    @Option(name: [.customShort("o"), .long], help: "How to print.") var output: ListFormat = .text

    mutating func run() throws {
        let all = FieldCatalogue().kinds
        let wanted = resource
        let kinds = all.filter { kind in
            wanted.map {
                $0 == kind.plural || $0 == kind.kind.rawValue || $0 == kind.pane?.rawValue
            } ?? true
        }
        guard !kinds.isEmpty else {
            let known = all.map(\.plural).joined(separator: ", ")
            throw Failure(.usage, "there is no \(wanted ?? ""); there are: \(known)")
        }
        guard output == .text else {
            return Console.print(Self.tree(kinds).text)
        }
        for (place, kind) in kinds.enumerated() {
            if place > 0 { Console.print("") }
            Console.print("\(kind.plural) (kind \(kind.kind), of \(kind.adapters.joined(separator: ", ")))")
            let width = kind.fields.map(\.key.rawValue.count).max() ?? 0
            for field in kind.fields {
                let pad = String(repeating: " ", count: width - field.key.rawValue.count)
                Console.print("  \(field.key)\(pad)  \(FieldCatalogue.words(field.type))")
            }
        }
    }

    private static func tree(_ kinds: [FieldCatalogue.Kind]) -> JSONTree {
        [
            "version": .integer(Int64(FieldCatalogue.version)),
            "common": .array(Listing.Column.common.map { .string($0.key) }),
            "kinds": .array(
                kinds.map { kind in
                    [
                        "kind": .string(kind.kind.rawValue), "plural": .string(kind.plural),
                        "pane": kind.pane.map { .string($0.rawValue) } ?? .null,
                        "adapters": .array(kind.adapters.map { .string($0) }),
                        "fields": .array(
                            kind.fields.map { field in
                                [
                                    "name": .string(field.key.rawValue), "title": .string(field.title),
                                    "holds": .string(FieldCatalogue.words(field.type)),
                                ]
                            }),
                    ]
                }),
        ]
    }
}

/// How a command that lists something prints it.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
