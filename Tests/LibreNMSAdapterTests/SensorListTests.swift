import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: sensors and services of all devices")
struct SensorListTests {
    /// A server that answers one path with something else.
    private static func server(_ path: String, _ answer: Response) throws -> LibreNMSServer {
        let recorded = try RecordedLibreNMS("26.7")
        return .unhurried(ScriptedTransport { $0.path == path ? answer : recorded.answer($0) })
    }

    private func table(
        _ server: LibreNMSServer, _ kind: ResourceKind
    ) async throws -> (table: Table, completeness: Completeness) {
        let resource = try #require(server.resources.first { $0.kind == kind })
        let snapshot = Snapshot(from: .empty(resource, BackendID(0)))
        return snapshot.finish(try await server.refresh(Query(kind), into: snapshot))
    }

    @Test(
        "the recorded sensors are judged by their limits; one without a value is unknown, one without limits not judged"
    )
    func recorded() async throws {
        let server = try Self.server("/resources/sensors", try Recording("26.7", "sensors").response)
        let (table, completeness) = try await table(server, .sensor)
        #expect(table.count == 240 && completeness == .complete)
        let words = ["Inlet °C", "CPU hot", "-48V", "SFP rx <1>", "PSU", "W"].map { name in
            let row = table.refs.indices.first { table.name($0) == name } ?? 0
            return "\(table.text(row, .status)) \(table.text(row, "unit"))"
        }
        #expect(words == ["ok °C", "critical °C", "ok V", "critical dBm", "unknown ", "no limits W"])
        #expect(table.refs[0].id == "1/device_temperature/1")
    }

    @Test(
        "a value beyond a limit is critical, beyond the lesser one a warning, at it neither",
        arguments: [
            (60.0, "warning"), (60.5, "critical"), (51, "warning"), (50, "ok"), (-11, "critical"),
            (4, "warning"),
        ])
    func judged(value: Double, word: String) {
        let judgement = SensorJudgement(
            value: value, limits: .init(low: -10, high: 60), warning: .init(low: 5, high: 50))
        #expect(judgement.word == word)
    }

    @Test(
        "a limit or a value that is missing or no number leaves the list incomplete, never ok",
        arguments: [
            "sensor_limit", "sensor_limit_low_warn", "sensor_current",
        ])
    func undecided(member: String) async throws {
        let row = try #require(try Recording("26.7", "sensors").rows("sensors").first)
        let text = row.with(member, "warm")
        guard case .object(let members) = row else { return }
        let without = JSONTree.object(members.filter { $0.key != member })
        for changed in [text, without] {
            let server = try Self.server("/resources/sensors", .list("sensors", [changed]))
            let (table, completeness) = try await table(server, .sensor)
            #expect(table.text(0, .status) == "")
            #expect(completeness != .complete)
        }
    }

    @Test(
        "a sensor that can't be told from others leaves the list incomplete",
        arguments: ["sensor_id", "device_id", "sensor_class"])
    func unnamed(member: String) async throws {
        let row = try #require(try Recording("26.7", "sensors").rows("sensors").first)
        guard case .object(let members) = row else { return }
        let without = JSONTree.object(members.filter { $0.key != member })
        for changed in [without, row.with(member, .null), row.with(member, ["value": 1])] {
            let other = row.with("sensor_id", 4711)
            let server = try Self.server("/resources/sensors", .list("sensors", [changed, other]))
            let (table, completeness) = try await table(server, .sensor)
            #expect(table.count == 1)
            #expect(completeness == .partial("1 sensors without \"\(member)\""))
        }
    }

    @Test("none is no error, and a deleted sensor is none")
    func none() async throws {
        let none = Response.text(
            "{\"status\":\"error\",\"message\":\"Sensors do not exist\"}", status: 404,
            type: "application/json")
        let row = try #require(try Recording("26.7", "sensors").rows("sensors").first)
        for answer in [none, .list("sensors", [row.with("sensor_deleted", 1)])] {
            let (table, completeness) = try await table(
                try Self.server("/resources/sensors", answer), .sensor)
            #expect(table.count == 0 && completeness == .complete)
        }
    }

    @Test(
        "the recorded services come out of a list in a list; a number that is no status leaves it incomplete")
    func services() async throws {
        let server = try Self.server("/services", try Recording("26.7", "services").response)
        let (table, completeness) = try await table(server, .service)
        #expect(table.count > 100)
        #expect(completeness == .complete)
        let words = Set((0..<table.count).map { table.text($0, .status) })
        #expect(words.isSubset(of: ["ok", "warning", "critical", "unknown", "ignored", "disabled"]))
        #expect(table.text(0, "message") == "CRIT <b>" && table.name(0) == "web")
        for status in [JSONTree.null, 7, "bad"] {
            let row: JSONTree = [
                "service_id": 1, "device_id": 1, "service_type": "http", "service_status": status,
                "service_disabled": 0, "service_ignore": 0,
            ]
            let answer = Response.list("services", [.array([row])])
            #expect(
                try await self.table(try Self.server("/services", answer), .service).completeness != .complete
            )
        }
    }

    @Test(
        "over HTTP: sensors and services lead to their details and devices; 2016 offers none of them",
        arguments: LiveLibreNMS.releases)
    func live(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            _ = try await live.server.check()
            let kinds = live.server.resources.map(\.kind)
            guard release == .modern else {
                #expect(!kinds.contains(.sensor) && !kinds.contains(.service) && !kinds.contains(.event))
                return
            }
            live.simulator.world.advance(by: 7_200)
            let sensors = try await live.table(.sensor)
            let hot = try #require(sensors.refs.indices.first { sensors.text($0, .status) == "critical" })
            let detail = try await live.server.detail(of: sensors.refs[hot])
            #expect(detail.title == sensors.name(hot))
            let services = try await live.table(.service)
            #expect(services.count > 0)
            #expect(try await live.server.detail(of: services.refs[0]).title == services.name(0))
            guard case .ref(let device, _) = services.value(0, .device) else { return }
            let sections = try await live.server.detail(of: device).sections
            #expect(sections.contains { $0.title.hasPrefix("Services") })
            #expect(live.simulator.arrivals().count { $0.target.hasSuffix("/resources/sensors") } == 1)
        }
    }
}
