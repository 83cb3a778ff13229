import AdapterKit
import Domain
import Glibc
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: lists that are read in pieces")
struct LargeListTests {
    /// How many rows have 2 MB and more.
    private static let count = 16_000

    private static func ports(_ count: Int = count) -> String {
        let rows = (1...count).map {
            #"{"port_id":\#($0),"device_id":\#($0 % 7 + 1),"ifName":"Gi0/\#($0)","ifDescr":"},{","#
                + #""ifAdminStatus":"up","ifOperStatus":"up","ifSpeed":1000000000,"ifInOctets_rate":\#($0)}"#
        }
        return #"{"status":"ok","ports":[\#(rows.joined(separator: ",\n"))],"count":\#(count)}"#
    }

    private static func sensors() -> String {
        let rows = (1...count).map {
            #"{"sensor_id":\#($0),"device_id":\#($0 % 7 + 1),"sensor_class":"temperature","sensor_descr":"t\#($0)","#
                + #""sensor_current":\#($0 % 50),"sensor_deleted":0,"sensor_limit":null,"#
                + #""sensor_limit_low":null,"sensor_limit_warn":null,"sensor_limit_low_warn":null}"#
        }
        return #"{"status":"ok","sensors":[\#(rows.joined(separator: ","))],"count":\#(count)}"#
    }

    /// What was left of a body when it was freed.
    private final class Remains: Sendable {
        private let noted = Mutex<[Int]>([])
        /// How many of the first bytes were zeros, for each body.
        var zeros: [Int] { noted.withLock { $0 } }

        func answer(_ text: String) -> Response {
            let count = text.utf8.count
            let memory = UnsafeMutableRawPointer.allocate(
                byteCount: count + Body.padding, alignment: Int(sysconf(Int32(_SC_PAGESIZE))))
            UnsafeMutableRawBufferPointer(start: memory, count: count).copyBytes(from: text.utf8)
            let body = Body(takingOver: memory, count: count) { memory in
                let bytes = UnsafeRawBufferPointer(start: memory, count: count)
                self.noted.withLock { $0.append(bytes.prefix { $0 == 0 }.count) }
                memory.deallocate()
            }
            return Response(status: 200, headers: [], body: body)
        }
    }

    private func read(
        _ kind: ResourceKind, _ path: String, _ answer: @escaping @Sendable () -> Response
    ) async throws -> (table: Table, completeness: Completeness) {
        let recorded = try RecordedLibreNMS("26.7")
        let server = LibreNMSServer.unhurried(
            ScriptedTransport { $0.path == path ? answer() : recorded.answer($0) })
        let resource = try #require(server.resources.first { $0.kind == kind })
        let snapshot = Snapshot(from: .empty(resource, BackendID(0)))
        return snapshot.finish(try await server.refresh(Query(kind), into: snapshot))
    }

    @Test("all rows of a long list of ports arrive, and its bytes are given back on the way")
    func ports() async throws {
        let remains = Remains()
        let text = Self.ports()
        let (table, completeness) = try await read(.port, "/ports") { remains.answer(text) }
        #expect(table.count == Self.count && completeness == .complete)
        #expect(table.refs.last?.id == "\(Self.count)" && table.name(Self.count - 1) == "Gi0/\(Self.count)")
        #expect(table.refs.map(\.id) == (1...Self.count).map(String.init))
        #expect(remains.zeros.count == 1)
        #expect(remains.zeros.allSatisfy { $0 > text.utf8.count - 20_000 })
    }

    @Test("all rows of a long list of sensors arrive, and its bytes are given back on the way")
    func sensors() async throws {
        let remains = Remains()
        let text = Self.sensors()
        let (table, completeness) = try await read(.sensor, "/resources/sensors") { remains.answer(text) }
        #expect(table.count == Self.count && completeness == .complete)
        #expect(remains.zeros.count == 1)
        #expect(remains.zeros.allSatisfy { $0 > text.utf8.count - 20_000 })
    }

    @Test("a port without a number leaves a long list incomplete")
    func lacking() async throws {
        let text = Self.ports().replacing(#""port_id":12000,"#, with: "")
        let (table, completeness) = try await read(.port, "/ports") { .text(text) }
        #expect(table.count == Self.count - 1)
        guard case .partial = completeness else {
            Issue.record("complete without a port")
            return
        }
    }

    @Test(
        "a long list of sensors that is wrong at its end gives no row, and says where",
        arguments: ["cut", "more", "wrong"])
    func broken(how: String) async throws {
        let right = Self.sensors()
        let text =
            switch how {
            case "cut": String(right.dropLast(60))
            case "more": right + "}"
            default: right.replacing(#""sensor_id":15999,"#, with: #""sensor_id":2-3,"#)
            }
        var expected = ""
        do { _ = try JSONDocument(text) } catch { expected = error.description }
        #expect(!expected.isEmpty)
        do {
            let (table, _) = try await read(.sensor, "/resources/sensors") { .text(text) }
            Issue.record("\(table.count) rows of a list that is wrong")
        } catch {
            #expect((error as? BackendError)?.words == expected)
        }
    }
}
