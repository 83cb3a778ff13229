import ArgumentParser
import Domain
import JSON

/// Prints what `get` can print and what the fields are called.
struct FieldsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract: "List the resources and fields that get and watch print.",
        discussion: """
            Example: nocturne fields alerts

            Names are stable: within a version, names are only added.
            """)

    @Argument(help: "Only this resource.") var resource: String?
    @Option(name: [.customShort("o"), .long], help: ArgumentHelp("How to print.", valueName: "format"))
    var output: ListFormat = .text

    mutating func run() throws {
        let all = FieldCatalogue().kinds
        let wanted = resource
        let kinds = all.filter { kind in
            wanted.map {
                $0 == kind.plural || $0 == kind.kind.rawValue || $0 == kind.pane?.rawValue
            } ?? true
        }
        guard !kinds.isEmpty else {
            throw Failure(
                .usage,
                GetCommand.unknown(
                    wanted ?? "", names: all.map(\.plural) + all.map(\.kind.rawValue),
                    listed: all.map(\.plural)))
        }
        guard output == .text else {
            return Console.print(Self.tree(kinds).text)
        }
        for (place, kind) in kinds.enumerated() {
            if place > 0 { Console.print("") }
            Console.print("\(kind.plural) (kind \(kind.kind); \(kind.adapters.joined(separator: ", ")))")
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
