import AdapterKit
import Dashboard
import Domain
import Foundation
import JSON
import Runtime
import Testing

@testable import BondingAdapter
@testable import KrillAdapter
@testable import Simulator
@testable import nocturne

@Suite("show", .timeLimit(.minutes(15)))
struct ShowTests {
    /// Runs a story against all four simulated servers.
    private func withAll(_ story: (Line, Provider) async throws -> Void) async throws {
        let provider = Provider(scale: 600)
        let bonds = SimulatedServer(api: .bonding(.v3), world: provider.world, tokens: Provider.tokens)
        let lines = SimulatedServer(api: .krill(.v2), world: provider.world, tokens: Provider.tokens)
        try await provider.start()
        try await bonds.start()
        try await lines.start()
        var plans = provider.plans
        var plan = BackendPlan("bonds", at: bonds.url ?? "", Bonding.descriptor)
        plan.user = BondingAccount.administrator.user
        plan.secret = Secret(BondingAccount.administrator.password(Provider.tokens))
        plans.append(plan)
        plan = BackendPlan("access", at: lines.url ?? "", Krill.descriptor)
        plan.user = KrillAccount.administrator.user
        plans.append(plan)
        let result: Result<Void, any Error>
        do {
            try await withLine(plans, at: Timestamp(Int64(provider.world.now))) { line in
                try await story(line, provider)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await provider.stop()
        await bonds.stop()
        await lines.stop()
        try result.get()
    }

    private func show(
        _ line: Line, _ kind: String, _ word: String, withRelated: Bool = true
    ) async -> Result<Shown, nocturne.Failure> {
        await Showing(network: line.network, patience: Patience(total: nil)).show(
            kind, word, withRelated: withRelated)
    }

    private func object(_ shown: Shown) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(shown.tree.text.utf8)) as? [String: Any])
    }

    @Test(
        "a bond has the sections of its detail, links that commands take, its row and the rows that name it")
    func bond() async throws {
        try await withAll { line, _ in
            let bonds = await FetchedRows.gather("bonds", from: line.network, timeout: 60)
            let table = try #require(bonds.tables.first)
            let name = table.name(0)
            let shown = try await show(line, "bond", name).get()
            let detail = try await line.network.connections[2].adapter.detail(of: table.refs[0])
            let object = try object(shown)
            #expect(
                Set(object.keys) == [
                    "backend", "kind", "id", "name", "fetched_at", "complete", "problems", "row", "sections",
                    "related",
                ])
            #expect(object["backend"] as? String == "bonds" && object["kind"] as? String == "bond")
            #expect(object["id"] as? String == table.refs[0].id && object["complete"] as? Bool == true)
            let sections = try #require(object["sections"] as? [[String: Any]])
            #expect(sections.map { $0["title"] as? String } == detail.sections.map(\.title))
            let lines = sections.flatMap { $0["lines"] as? [[String: Any]] ?? [] }
            #expect(lines.count == detail.sections.flatMap(\.lines).count)
            for line in lines {
                #expect(
                    Set(line.keys) == ["name", "value", "text", "link", "depth", "expandable", "states"])
            }
            let links = lines.compactMap { $0["link"] as? [String: Any] }
            // What no list has is here, under the id that its commands take.
            let address = try #require(links.first { $0["kind"] as? String == "address" }?["id"] as? String)
            let ending = await line.run("disable-address", ["address/\(address)"], dryRun: true)
            #expect(ending.code == .fine && ending.output.contains("(address \(address))"), "\(ending.text)")
            let related = try #require(object["related"] as? [[String: Any]])
            let legs = try #require(related.first { $0["kind"] as? String == "leg" })
            #expect((legs["rows"] as? [[String: Any]])?.isEmpty == false)
            let text = shown.text(zone: 0)
            #expect(text.hasPrefix("\(name)  bond/\(table.refs[0].id) on bonds\n"))
            #expect(text.contains("address/\(address)\n"))
        }
    }

    @Test("whatever a command works on is listed, or linked from a detail")
    func everyTarget() {
        for descriptor in AdapterRegistry.all {
            let sample = descriptor.sample
            let listed = Set(sample.resources.map(\.kind))
            for command in sample.commands {
                let lost = command.targets.filter { !listed.contains($0) && !sample.linkedKinds.contains($0) }
                #expect(lost.isEmpty || command.creates, "\(descriptor.kind): \(command.kind) of \(lost)")
            }
        }
    }

    @Test("a device of each kind of server is shown with what names it, by its id as by its name")
    func devices() async throws {
        try await withAll { line, _ in
            let devices = await FetchedRows.gather("device", from: line.network, timeout: 60)
            for table in devices.tables where table.count > 0 {
                let backend = Int(table.backend.index)
                let byKind = Showing(
                    network: line.network, patience: Patience(total: nil))
                let shown = try await byKind.gather(
                    line.network.connections[backend], table.refs[0], withRelated: true)
                #expect(shown.problems == [], "\(shown.backend)")
                #expect(shown.row?.table.name(shown.row?.place ?? 0) == table.name(0))
                #expect(shown.detail?.sections.isEmpty == false)
            }
        }
    }

    @Test("ports of a server that gives them device by device are read for that device alone")
    func sweep() async throws {
        try await withAll { line, provider in
            let edge = line.network.connections[1]
            let devices = await FetchedRows.gather("device", from: line.network, timeout: 60)
            let table = try #require(devices.tables.first { Int($0.backend.index) == 1 })
            let alerts = await FetchedRows.gather("alerts", from: line.network, timeout: 60)
            #expect(alerts.failures == [])
            let before = provider.edge.arrivals().count { $0.target.contains("/ports?") }
            let shown = try await Showing(network: line.network, patience: Patience(total: nil)).gather(
                edge, table.refs[0], withRelated: true)
            let asked = provider.edge.arrivals().count { $0.target.contains("/ports?") } - before
            let ports = try #require(shown.related.first { $0.table.resource.kind == .port })
            #expect(ports.problem == nil && !ports.rows.isEmpty)
            #expect(asked < table.count, "\(asked) of \(table.count) devices")
        }
    }

    @Test("what is not there, is several, or is of no kind ends with 1 and says what there is")
    func usage() async throws {
        try await withAll { line, _ in
            for (kind, word, part) in [
                ("bond", "nobody", "there is no nobody"), ("bnd", "1", "did you mean \"bond\"?"),
                ("device", "999999", "there is no 999999"),
            ] {
                guard case .failure(let failure) = await show(line, kind, word) else {
                    Issue.record("\(kind) \(word) is there")
                    continue
                }
                #expect(failure.code == .usage && failure.words.contains(part), "\(failure.words)")
                #expect(!failure.words.contains("nothing was sent"))
            }
        }
    }

    @Test("a part that can't be read says so, and so does the whole")
    func partial() throws {
        let entity = EntityRef(BackendID(0), "buoy", id: "7")
        var shown = Shown(
            backend: "sea", entity: entity, title: "Buoy", fetchedAt: Timestamp(1_790_000_000))
        shown.detail = Detail(
            entity, title: "Buoy",
            sections: [Detail.Section("Depths", [.unreadable(because: "the server failed (500)")])])
        shown.problems = ["Depths: can't be read: the server failed (500)"]
        let object = try object(shown)
        #expect(object["complete"] as? Bool == false)
        let section = try #require((object["sections"] as? [[String: Any]])?.first)
        #expect(section["complete"] as? Bool == false)
        let line = try #require((section["lines"] as? [[String: Any]])?.first)
        #expect(
            line["value"] is NSNull && line["text"] as? String == "can't be read: the server failed (500)")
    }
}
