import Dashboard
import Domain
import Filter
import Links
import Testing

@testable import Configuration

@Suite("Links of the operator's own, as they are configured")
struct DescribedLinkTests {
    private let scratch: Scratch
    init() throws { scratch = try Scratch() }

    private static let port = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [Field(.name, "Port", .text), Field("alias", "Description", .text)], interval: 60)
    private static let leg = ResourceDescriptor(
        .leg, plural: "legs", pane: .ports,
        fields: [Field(.name, "Leg", .text), Field("circuit", "Circuit", .text)], interval: 60)

    private func read(_ text: String) throws -> Settings.Reading {
        Settings.read(
            try scratch.write(text, permissions: 0o600), adapters: Example.adapters,
            resources: [Self.port, Self.leg],
            directories: Directories(environment: ["HOME": scratch.path("")]))
    }

    private static let whole = """
        [links]
        guesses = false
        [[link]]
        name = "circuit in a description"
        from = ["port.alias"]
        pattern = 'CKT-(?<number>\\d+)'
        value = "C{number}"
        to = "leg.circuit"
        """

    @Test("every key of it is taken, and rows are linked by it with its name as the reason")
    func linked() throws {
        let reading = try read(Self.whole)
        #expect(reading.complaints.isEmpty, "\(reading.complaints)")
        let links = reading.settings.links
        #expect(!links.guesses && links.described.count == 1)

        func table(_ resource: ResourceDescriptor, _ backend: Int, _ rows: [(String, String)]) -> Table {
            var builder = TableBuilder(resource, BackendID(backend))
            for (place, row) in rows.enumerated() {
                builder.begin(EntityRef(BackendID(backend), resource.kind, id: Int64(place)))
                builder.set(0, text: row.0)
                builder.set(1, text: row.1)
            }
            return builder.finish()
        }
        let ports = table(Self.port, 0, [("xe-0", "to CKT-17 west"), ("xe-1", "CKT-170"), ("xe-2", "17")])
        let legs = table(Self.leg, 1, [("leg", "c17")])
        let network = links.network([Feed(ports), Feed(legs)])
        let found = network.links(of: legs.refs[0])
        #expect(found.map(\.other) == [ports.refs[0]])
        #expect(found.first?.evidence == .rule("circuit in a description"))
        #expect(found.first?.isSameThing == false)
    }

    @Test(
        "what is wrong is an error at its place, and the link is left out",
        arguments: [
            ("from = [\"port.alias\"]\nto = \"leg.circuit\"", ":1:1: error: [[link]] needs name"),
            ("name = \"n\"\nto = \"leg.circuit\"", ":1:1: error: [[link]] needs from"),
            ("name = \"n\"\nfrom = [\"port.alias\"]", ":1:1: error: [[link]] needs to"),
            ("name = \"n\"\nfrom = []\nto = \"leg.circuit\"", ":3:8: error: from is empty"),
            (
                "name = \"n\"\nfrom = [\"alias\"]\nto = \"leg.circuit\"",
                "\"alias\" is no field: write KIND.FIELD"
            ),
            ("name = \"n\"\nfrom = [\"port.alais\"]\nto = \"leg.circuit\"", "did you mean \"alias\"?"),
            ("name = \"n\"\nfrom = [\"prot.alias\"]\nto = \"leg.circuit\"", "did you mean \"port\"?"),
            ("name = \"n\"\nfrom = [\"port.alias\", \"leg.name\"]\nto = \"leg.circuit\"", "several kinds"),
            (
                "name = \"n\"\nfrom = [\"leg.circuit\"]\nto = \"leg.circuit\"",
                ":4:6: error: to is a field of from"
            ),
            (
                "name = \"n\"\nfrom = [\"port.alias\"]\npattern = '(a'\nto = \"leg.circuit\"",
                ":4:14: error: the regular expression is not valid"
            ),
            (
                "name = \"n\"\nfrom = [\"port.alias\"]\npattern = '(?<a>x)'\nvalue = \"q{b}\"\nto = \"leg.circuit\"",
                ":5:11: error: the expression has no group \"b\""
            ),
            (
                "name = \"n\"\nfrom = [\"port.alias\"]\nvalue = \"{b}\"\nto = \"leg.circuit\"",
                ":4:9: error: value is made of the groups of a pattern"
            ),
        ])
    func wrong(_ text: String, _ words: String) throws {
        let reading = try read("[[link]]\n" + text)
        #expect(reading.settings.links.described.isEmpty)
        let said = reading.complaints.map(\.description)
        #expect(said.contains { $0.contains(words) }, "\(said)")
    }

    @Test("without it only what nocturne finds by itself is linked, guesses shown")
    func usual() throws {
        #expect(try read("").settings.links == LinkSettings())
    }
}
