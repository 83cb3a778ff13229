import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: ports device by device")
struct SweepTests {
    private let backend = BackendID(0)

    /// A server of 2016 with so many devices of two ports each.
    private func script(devices: Int, failing: Set<String> = []) -> ScriptedTransport.Script {
        { asked in
            let parts = asked.path.split(separator: "/").map(String.init)
            switch parts.first {
            case nil: return .json(["list_devices": "x"])
            case "devices" where parts.count == 1:
                return .list(
                    "devices",
                    (1...devices).map { ["device_id": .string("\($0)"), "hostname": .string("d\($0)")] })
            case "devices":
                if failing.contains(parts[1]) { return .text("", status: 500) }
                // A reserved word that stands bare is an error of the database, and no row.
                let columns = asked.query["columns"]?.split(separator: ",") ?? []
                if columns.contains("ignore") { return .list("ports", []) }
                let id = Int(parts[1]) ?? 0
                return .list(
                    "ports",
                    (1...2).map {
                        [
                            "port_id": .string("\(id * 100 + $0)"), "ifName": .string("Gi0/\($0)"),
                            "device_id": .string(parts[1]), "ifAdminStatus": "up",
                            "ifOperStatus": "down",
                            "ignore": columns.contains("`ignore`") && $0 == 2 ? "1" : "0",
                        ]
                    })
            case "alerts":
                return .list(
                    "alerts",
                    asked.query["state"] == "1"
                        ? [["id": "7", "device_id": "5", "state": "1", "rule_id": "1"]] : [])
            case "rules": return .list("rules", [["id": "1", "name": "r", "severity": "critical"]])
            default: return .text("<html>404</html>", status: 404)
            }
        }
    }

    private func portReads(_ transport: ScriptedTransport) -> [String] {
        transport.asked.filter { $0.path.hasSuffix("/ports") }.map {
            String($0.path.split(separator: "/")[1])
        }
    }

    @Test("what is on screen and in alerts comes first and at once, the rest paced")
    func order() async throws {
        let transport = ScriptedTransport(script(devices: 12))
        let pauses = Mutex<[Double]>([])
        let settings = backendSettings { seconds in pauses.withLock { $0.append(seconds) } }
        let server = LibreNMSServer(settings, transport)
        _ = try await server.refresh(Query(.device), into: MergingSink())
        _ = try await server.refresh(Query(.alert), into: MergingSink())
        let sink = MergingSink()
        let focus = [EntityRef(backend, .device, id: "9"), EntityRef(backend, .device, id: "77")]
        #expect(try await server.refresh(Query(.port, focus: focus), into: sink) == .complete)
        #expect(sink.table.count == 24)
        let reads = portReads(transport)
        #expect(Set(reads.prefix(2)) == ["9", "5"])
        #expect(reads.dropFirst(2) == ["1", "2", "3", "4", "6", "7", "8", "10", "11", "12"])
        #expect(pauses.withLock { $0 } == Array(repeating: 0.5, count: 10))
        #expect(sink.progress.contains("ports of 3 of 12 devices"))
        #expect(transport.asked.filter { $0.path == "/devices/9/ports" }.first?.priority == 0)
        #expect(sink.table.text(0, .device).hasPrefix("d"))
    }

    @Test("a device that can't be read makes the ports partial, three in a row end the sweep")
    func failing() async throws {
        let server = LibreNMSServer.unhurried(ScriptedTransport(script(devices: 1200, failing: ["3", "4"])))
        // The whole sweep in no time: nothing waits.
        let sink = CountingSink()
        #expect(
            try await server.refresh(Query(.port), into: sink) == .partial("ports of 1,198 of 1,200 devices"))
        #expect(sink.pages == 1198)
        let dead = LibreNMSServer.unhurried(ScriptedTransport(script(devices: 10, failing: ["3", "4", "5"])))
        await #expect {
            try await dead.refresh(Query(.port), into: MergingSink())
        } throws: { ($0 as? BackendError)?.kind == .server }
    }

    @Test("a sweep that was cut short goes on with the devices that were not read")
    func resumes() async throws {
        let transport = ScriptedTransport(script(devices: 6))
        let left = Mutex(3)
        let settings = backendSettings { _ throws(CancellationError) in
            let isOver = left.withLock { left in
                left -= 1
                return left < 0
            }
            if isOver { throw CancellationError() }
        }
        let server = LibreNMSServer(settings, transport)
        await #expect {
            try await server.refresh(Query(.port), into: MergingSink())
        } throws: { ($0 as? BackendError)?.kind == .cancelled }
        left.withLock { $0 = 100 }
        #expect(try await server.refresh(Query(.port), into: MergingSink()) == .complete)
        #expect(portReads(transport) == ["1", "2", "3", "4", "5", "6", "1", "2", "3"])
    }

    @Test("while a sweep is under way, another refresh reads only what is on screen")
    func during() async throws {
        let transport = ScriptedTransport(script(devices: 4))
        let server = LibreNMSServer.unhurried(transport)
        _ = try await server.refresh(Query(.device), into: MergingSink())
        server.withMemory { $0.sweep.isRunning = true }
        let sink = MergingSink()
        let focus = [EntityRef(backend, .device, id: "3")]
        guard case .partial = try await server.refresh(Query(.port, focus: focus), into: sink) else {
            Issue.record("not partial")
            return
        }
        #expect(portReads(transport) == ["3"])
        #expect(sink.table.count == 2)
        #expect(server.withMemory { $0.sweep.isRunning })
    }

    @Test("a server whose columns differ is asked for all of them instead of losing every port")
    func columns() async throws {
        let usual = script(devices: 2)
        let transport = ScriptedTransport { asked throws(TransportError) in
            let columns = asked.query["columns"]
            if asked.path.hasSuffix("/ports"), columns?.contains("disabled") == true {
                return .list("ports", [])
            }
            return try usual(asked)
        }
        let sink = MergingSink()
        #expect(try await LibreNMSServer.unhurried(transport).refresh(Query(.port), into: sink) == .complete)
        #expect(sink.table.count == 4)
    }

    @Test("an old server is asked for ignored ports in quotes, so that they are not called down")
    func ignored() async throws {
        let sink = MergingSink()
        let transport = ScriptedTransport(script(devices: 2))
        #expect(try await LibreNMSServer.unhurried(transport).refresh(Query(.port), into: sink) == .complete)
        let states = sink.table.refs.indices.map { sink.table.text($0, "oper") }
        #expect(states.sorted() == ["down", "down", "ignored", "ignored"])
    }

    @Test("an old server that refuses a name in quotes is asked without it, and goes on so")
    func refusedQuotes() async throws {
        let usual = script(devices: 3)
        let transport = ScriptedTransport { asked throws(TransportError) in
            asked.query["columns"]?.contains("`") == true ? .text("", status: 500) : try usual(asked)
        }
        let sink = MergingSink()
        #expect(try await LibreNMSServer.unhurried(transport).refresh(Query(.port), into: sink) == .complete)
        #expect(sink.table.count == 6)
        #expect(transport.asked.count { $0.query["columns"]?.contains("`") == true } == 1)
    }

    @Test("a port that can't be told from others makes the ports partial and takes none away")
    func nameless() async throws {
        let usual = script(devices: 2)
        let transport = ScriptedTransport(usual)
        let server = LibreNMSServer.unhurried(transport)
        let sink = MergingSink()
        _ = try await server.refresh(Query(.port), into: sink)
        transport.follow { asked throws(TransportError) in
            asked.path == "/devices/2/ports"
                ? .list("ports", [["ifName": "Gi0/1"], ["port_id": "202", "ifName": "Gi0/2"]])
                : try usual(asked)
        }
        #expect(
            try await server.refresh(Query(.port), into: sink) == .partial("1 ports without \"port_id\""))
        #expect(sink.table.count == 4)
    }

    @Test("a newer server that refuses a column is asked without it")
    func refusedColumn() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            asked.path == "/ports" && asked.query["columns"]?.contains("ifType") == true
                ? .json(["status": "error", "message": "Invalid columns: ifType"], status: 400)
                : recorded.answer(asked)
        }
        let sink = MergingSink()
        #expect(try await LibreNMSServer.unhurried(transport).refresh(Query(.port), into: sink) == .complete)
        #expect(sink.table.count == 8044)
    }

    @Test("a /ports that times out is replaced by a sweep")
    func timeOut() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked throws(TransportError) in
            if asked.path == "/ports" { throw .timedOut(.whole, seconds: 300) }
            return recorded.answer(asked)
        }
        let server = LibreNMSServer.unhurried(transport)
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.port), into: sink) == .complete)
        #expect(sink.table.count == 54)
        _ = try await server.refresh(Query(.port), into: sink)
        #expect(transport.asked.filter { $0.path == "/ports" }.count == 1)
    }
}

/// A sink that only counts.
final class CountingSink: SnapshotSink {
    private let count = Atomic(0)
    var pages: Int { count.load(ordering: .relaxed) }
    func add(_ page: Table, covering: Coverage) { count.add(1, ordering: .relaxed) }
    func progress(_ words: String) {}
}
