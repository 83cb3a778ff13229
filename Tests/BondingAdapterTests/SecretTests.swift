import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: secrets")
struct SecretTests {
    @Test(
        "what the server hands out for SSH, PPPoE and providers' networks is in no row, detail, plan or outcome"
    )
    func nowhere() async throws {
        try await withLiveServer { live in
            let secrets = try await secrets(of: live)
            #expect(secrets.count > 6)
            var texts: [String] = []
            for kind in live.server.resources.map(\.kind) {
                let table = try await live.server.table(kind)
                for row in table.refs.indices {
                    for column in table.resource.fields.indices { texts.append(table.text(row, column)) }
                }
                for entity in table.refs.prefix(kind == .leg ? 24 : 8) {
                    let detail = try await live.server.detail(of: entity)
                    texts.append(detail.title)
                    for line in detail.sections.flatMap(\.lines) {
                        texts.append(line.name)
                        texts.append(Quantity.text(line.value, line.type, now: Timestamp(0)))
                        #expect(!SecretKeys.bonding.holds(line.name), "\(line.name) of \(entity)")
                    }
                    for command in live.server.commands where command.targets.contains(entity.kind) {
                        guard let plan = try? await live.server.prepare(Command(command.kind, [entity]))
                        else {
                            continue
                        }
                        texts += plan.summary + plan.warnings + plan.steps.map(\.state)
                        texts += plan.steps.compactMap(\.request.shownBody)
                        if let opening = try? await live.server.opening(Command(command.kind, [entity])) {
                            texts += opening.values.map { "\($0)" }
                        }
                    }
                }
            }
            let all = texts.joined(separator: "\n")
            for secret in secrets { #expect(!all.contains(secret), "a secret is shown") }
            #expect(!all.contains(LiveBonding.tokens.admin))
        }
    }

    /// Every user name and password in what the server itself answers, but names that are words.
    private func secrets(of live: LiveBonding) async throws -> Set<String> {
        var found: Set<String> = []
        func collect(_ value: JSONValue) {
            for (key, inner) in value.object?.map({ $0 }) ?? [] {
                if key == "password" || key == "username", let text = inner.string, text.count > 7 {
                    found.insert(text)
                }
                collect(inner)
            }
            for inner in value.array?.map({ $0 }) ?? [] { collect(inner) }
        }
        collect(try await live.server.read(Path.bonders).json())
        let bonds = try await live.server.bonds(for: .command).bonds
        for bond in bonds.prefix(60) {
            for leg in try await live.server.readLegs(of: bond.id) {
                guard leg.type == .pppoe else { continue }
                collect(
                    try await live.server.read(LegType.pppoe.path, ["bond": bond.id, "leg": leg.id]).json())
            }
        }
        return found
    }
}
