import Dashboard
import Domain
import JSON
import Links
import Testing

@testable import nocturne

@Suite("Links of what get and check links read")
struct LinkedRowsTests {
    private static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state), Field(.name, "Name", .text),
            Field("serial", "Serial", .text, links: .serial),
        ], interval: 60, feedsCounts: true)

    private func table(_ backend: Int, _ serials: [String]) -> Table {
        var builder = TableBuilder(Self.device, BackendID(backend))
        for (place, serial) in serials.enumerated() {
            builder.begin(EntityRef(BackendID(backend), .device, id: Int64(place + 1)))
            builder.set(0, text: "up")
            builder.set(2, text: serial)
        }
        return builder.finish()
    }

    private func rows(failures: [String] = []) -> [FetchedRows] {
        var rows = FetchedRows()
        rows.tables = [table(0, ["FDO2233X0AB", "FDO2417K1QZ"]), table(1, ["FDO2233X0AB"])]
        rows.failures = failures
        return [rows]
    }

    @Test(
        "what is linked with nothing is so only where every list was read; numbers are at least so many else")
    func whole() async throws {
        let plans = [("tide", 1), ("ebb", 2)].map { name, port in
            BackendPlan(name, at: "http://127.0.0.1:\(port)")
        }
        try await withLine(plans) { line in
            let (whole, cut) = (
                LinkedRows(rows(), line.network, LinkSettings()),
                LinkedRows(rows(failures: ["ebb: no answer"]), line.network, LinkSettings())
            )
            let linked = EntityRef(BackendID(0), .device, id: Int64(1))
            let alone = EntityRef(BackendID(0), .device, id: Int64(2))
            #expect(whole.others(than: alone) == [] && cut.others(than: alone) == nil)
            #expect(whole.others(than: linked) == ["ebb:device/1"])
            #expect(cut.others(than: linked) == ["ebb:device/1"])
            #expect(LinkReport(whole, LinkSettings()).lines.contains("  1 device"))
            #expect(LinkReport(cut, LinkSettings()).lines.contains("  1+ devices"))
            #expect(LinkReport(cut, LinkSettings()).lines.contains("  no value that is known"))
            #expect(LinkReport(cut, LinkSettings()).tree.text.contains("\"complete\":false"))
            #expect(whole.failures.isEmpty && cut.failures == ["ebb: no answer"])
        }
    }

    @Test(
        "a handoff says where a list that says whom alerts hit could not be read, with the backend and the reason"
    )
    func handoff() async throws {
        let plans = [BackendPlan("tide", at: "http://127.0.0.1:1")]
        try await withLine(plans) { line in
            func handoff(_ failures: [String]) -> Handoff {
                let links = LinkedRows(
                    [FetchedRows()] + rows(failures: failures), line.network, LinkSettings())
                return Handoff(
                    HandoffCommand.source(
                        FetchedRows(), line.network, impactFailures: links.failures, commands: .success([]),
                        snoozes: [], since: Timestamp(0), history: nil))
            }
            let words = "the impact is not known in full: tide: bonds: no answer in 5 s"
            let cut = handoff(["tide: bonds: no answer in 5 s"])
            #expect(cut.remarks.contains(words))
            #expect(cut.markdown(zone: 0).contains { $0.contains("impact is not known in full: tide") })
            #expect(cut.tree.text.contains(words))
            #expect(!handoff([]).remarks.contains { $0.contains("impact") })
        }
    }
}
