import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: who the server is")
struct ProbeTests {
    @Test("a newer server says its release")
    func modern() async throws {
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS("26.7").transport())
        #expect(try await server.check().product == "LibreNMS 26.7.0")
        var dialect = try await server.dialect()
        #expect(dialect.offers("maintenance_device"))
        dialect.routes = []
        #expect(dialect == .modern("26.7.0"))
        #expect(server.commands.first?.form.map(\.key) == [.note, .untilClear])
    }

    @Test("a server without /system is known by its routes, and offers no notes")
    func old() async throws {
        let server = LibreNMSServer.unhurried(try RecordedLibreNMS("2016").transport())
        let info = try await server.check()
        #expect(info.product == "LibreNMS before 2019")
        var dialect = try await server.dialect()
        #expect(dialect.offers("get_inventory") && !dialect.offers("maintenance_device"))
        dialect.routes = []
        #expect(dialect == .old)
        let onAlerts = server.commands.filter { $0.targets == [.alert] }
        #expect(onAlerts.count == 2 && onAlerts.allSatisfy { $0.form.map(\.key) == [.note] })
    }

    @Test("a newer server that lists no /ports is asked device by device")
    func narrowed() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.path.isEmpty
                    ? .json(["list_devices": "x", "list_alerts": "y"]) : recorded.answer(asked)
            })
        #expect(try await server.dialect().listsAllPorts == false)
    }

    @Test(
        "a server whose /system alone is in trouble is known by its routes",
        arguments: [
            Response.json(["message": "Server Error"], status: 500), .text("<html>Bad Gateway", status: 502),
            .json(["message": "Not Found"], status: 404), .text("<html>404 Not Found", status: 404),
            .text("<html>Forbidden", status: 403),
        ])
    func withoutSystem(answer: Response) async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in asked.path == "/system" ? answer : recorded.answer(asked) })
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.alert), into: sink) == .complete)
        #expect(sink.table.count == 68)
        #expect(try await server.dialect().listsAlertStates)
    }

    @Test("a gate that lets few paths through leaves what it lets through")
    func gate() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                switch asked.path {
                case "": .json(["list_alerts": "x"])
                case "/alerts": recorded.answer(asked)
                default: .json(["message": "Not Found"], status: 404)
                }
            })
        #expect(try await server.refresh(Query(.alert), into: MergingSink()) == .complete)
    }

    @Test("tasks that start together probe once")
    func once() async throws {
        let transport = try RecordedLibreNMS("26.7").transport()
        let server = LibreNMSServer.unhurried(transport)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try? await server.dialect() } }
        }
        #expect(transport.asked.filter { $0.path == "/system" }.count == 1)
    }

    @Test("an address without the API is said to be one")
    func wrongAddress() async throws {
        let page = ScriptedTransport { _ in .text("<html>Welcome to nginx</html>", status: 404) }
        await #expect(throws: BackendError(.missing, "no LibreNMS API at this address (404): check url")) {
            try await LibreNMSServer.unhurried(page).check()
        }
        let other = ScriptedTransport { asked in
            asked.path == "/system" ? .text("nothing", status: 404) : .json(["hello": "world"])
        }
        await #expect(throws: BackendError(.invalid, "no LibreNMS API at this address: check url")) {
            try await LibreNMSServer.unhurried(other).check()
        }
    }

    @Test(
        "the zone is learnt by comparing a device's local time with its ports' Unix time",
        arguments: ["2016", "26.7"])
    func zone(release: String) async throws {
        let recorded = try RecordedLibreNMS(release)
        let transport = ScriptedTransport { asked in
            if asked.path.hasSuffix("/ports"), asked.query["columns"] == "poll_time" {
                // The device was polled at 01:23:05 local time; here that is five hours behind UTC.
                return .list("ports", [["poll_time": nil], ["poll_time": 1_795_242_160]])
            }
            let device =
                asked.path.split(separator: "/").dropFirst().first.map(String.init) ?? asked.query["query"]
            if asked.path.hasPrefix("/devices"), let device {
                return .list(
                    "devices", [["device_id": .string(device), "last_polled": "2026-11-21 01:23:05"]])
            }
            return recorded.answer(asked)
        }
        let server = LibreNMSServer.unhurried(transport, clock: nil)
        #expect(try await server.check().clock == ServerClock(offset: -5 * 3600, isCertain: true))
    }

    @Test(
        "a zone is believed only when both times can be the same poll",
        arguments: [
            ("2026-11-21 01:23:05", 1_795_224_185, 0), ("2026-11-21 01:23:05", 1_795_223_900, 0),
            ("2026-11-21 06:53:05", 1_795_224_185, 19800), ("2026-11-20 20:23:05", 1_795_224_185, -18000),
        ])
    func offsets(local: String, unix: Int64, offset: Int) {
        #expect(LibreNMSServer.offset(local: local, unix: unix) == offset)
    }

    @Test(
        "times that are not of one poll tell no zone",
        arguments: [
            ("2026-11-21 01:30:15", 1_795_224_185), ("2026-11-21 01:22:05", 1_795_224_185),
            ("0000-00-00 00:00:00", 1_795_224_185),
            ("2026-11-21 01:23:05", 0), ("2026-11-22 01:23:05", 1_795_224_185), ("soon", 1_795_224_185),
        ])
    func noOffset(local: String, unix: Int64) {
        #expect(LibreNMSServer.offset(local: local, unix: unix) == nil)
    }

    @Test("without alerts the zone is learnt from the devices that were polled last")
    func zoneFromList() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            if asked.path == "/alerts" { return .list("alerts", []) }
            if asked.query["columns"] == "poll_time" {
                return .list("ports", [["poll_time": 1_795_224_420]])
            }
            return recorded.answer(asked)
        }
        let server = LibreNMSServer.unhurried(transport, clock: nil)
        #expect(try await server.check().clock.isCertain == false)
        let sink = MergingSink()
        _ = try await server.refresh(Query(.device), into: sink)
        #expect(sink.pages >= 2, "the devices are there before anybody looks for the clock")
        #expect(server.serverClock == ServerClock(offset: 0, isCertain: true))
        #expect(try await server.check().clock.isCertain)
    }

    @Test(
        "where ports tell no zone, the log of polls does: its moments are those of the list in UTC",
        arguments: [
            (["01:00:00", "01:05:00", "01:10:07"], 3_600), (["01:00:00", "01:05:00", "04:10:07"], 3_600),
            (["05:45:00", "05:50:00", "05:55:07"], 20_700), (["01:00:00", "02:05:00", "03:10:07"], nil),
            (["00:00:01", "00:05:01", "00:10:08"], nil), (["01:00:00", "00:05:01", "00:10:08"], nil),
        ] as [([String], Int?)])
    func zoneFromLog(local: [String], offset: Int?) async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let times = ["00:00:00", "00:05:00", "00:10:07"]
        let log = times.enumerated().map { place, time -> JSONTree in
            ["hostname": .string("r\(place)"), "last_polled": .string("2026-11-21T\(time).000000Z")]
        }
        let old: JSONTree = ["hostname": "r9", "last_polled": "-000001-11-30T04:56:02.000000Z"]
        let devices = local.enumerated().map { place, time -> JSONTree in
            [
                "device_id": .integer(Int64(place + 1)), "hostname": .string("r\(place)"), "status": 1,
                "ignore": 0, "disabled": 0, "last_polled": .string("2026-11-21 \(time)"),
            ]
        }
        let transport = ScriptedTransport { asked in
            switch asked.path {
            case "/alerts": .list("alerts", [])
            case "/devices": .list("devices", devices)
            case "/pollers/log": .list("log", log + [old])
            case let path where path.hasSuffix("/ports"): .text("", status: 500)
            default: recorded.answer(asked)
            }
        }
        let server = LibreNMSServer.unhurried(transport, clock: nil)
        _ = try await server.refresh(Query(.device), into: MergingSink())
        #expect(server.serverClock == offset.map { ServerClock(offset: $0, isCertain: true) })
    }

    @Test("devices that disagree tell no zone")
    func disagreement() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            guard asked.query["columns"] == "poll_time" else { return recorded.answer(asked) }
            // Each device's ports were last polled at another hour.
            let device = Int64(asked.path.split(separator: "/")[1]) ?? 0
            return .list("ports", [["poll_time": .integer(1_795_224_185 - device * 3600)]])
        }
        let server = LibreNMSServer.unhurried(transport, clock: nil)
        #expect(try await server.check().clock.isCertain == false)
    }
}
