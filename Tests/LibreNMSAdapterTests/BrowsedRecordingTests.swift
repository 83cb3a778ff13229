import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("Browse: what real servers answered")
struct BrowsedRecordingTests {
    /// What was asked of a server, and what it answered.
    struct Case: Sendable, CustomTestStringConvertible {
        let release: String
        let name: String
        var testDescription: String { "\(release) \(name)" }
    }

    static let lists: [Case] = [
        ("2016", "alerts"), ("2016", "alerts-state-2"), ("2016", "bills"), ("2016", "devicegroup-firewalls"),
        ("2016", "devicegroups"), ("2016", "devices"), ("2016", "device-vlans"),
        ("2016", "device-ports-columns"), ("2016", "inventory-by-hostname"), ("2016", "rules"),
        ("26.7", "alertlog"), ("26.7", "alertlog-device"), ("26.7", "alerts-state-all"), ("26.7", "bills"),
        ("26.7", "device-fdb"), ("26.7", "device-ip"), ("26.7", "device-ports-columns"),
        ("26.7", "device-transceivers"), ("26.7", "devicegroup-firewalls"), ("26.7", "devicegroups"),
        ("26.7", "devices"), ("26.7", "eventlog"), ("26.7", "locations"), ("26.7", "ospf"),
        ("26.7", "pollers"), ("26.7", "port-fdb"), ("26.7", "port-ip"), ("26.7", "ports-all-columns"),
        ("26.7", "rules"), ("26.7", "rules-with-operations"), ("26.7", "sensors"), ("26.7", "services"),
        ("26.7", "services-device"), ("26.7", "syslog"), ("26.7", "system"),
    ].map { Case(release: $0.0, name: $0.1) }

    static let objects: [Case] = [
        ("2016", "device-by-id"), ("2016", "rule-by-id"), ("26.7", "device-by-id"), ("26.7", "rule-by-id"),
        ("26.7", "rule-operation-suppressed"),
    ].map { Case(release: $0.0, name: $0.1) }

    /// Looks at what was recorded, as if the server were there.
    private func browse(_ asked: Case, _ kind: ResourceKind) async throws -> (Browsed, Recording) {
        let recording = try Recording(asked.release, asked.name)
        let path = try #require(recording.document.root["request"]?["path"]?.string)
        let answer = recording.response
        let transport = ScriptedTransport { (_) throws(TransportError) in answer }
        let browser = try #require(LibreNMSServer.unhurried(transport).browser)
        let place = EntityRef(BackendID(0), kind, id: String(path.dropFirst("/api/v0".count)))
        return (try await browser.browse(place), recording)
    }

    /// Values that nobody may see, by the names that the schema of LibreNMS gives them.
    private func secrets(in value: JSONValue) -> [String] {
        let below = value.array.map { $0.flatMap { secrets(in: $0) } } ?? []
        let members = value.object.map { members in
            members.flatMap { member -> [String] in
                let isSecret = ["community", "authpass", "cryptopass"].contains(member.key)
                let own = isSecret ? member.value.string.map { $0.count > 3 ? [$0] : [] } : nil
                return (own ?? []) + secrets(in: member.value)
            }
        }
        return below + (members ?? [])
    }

    @Test("every list has all of its rows, says when there are more, and shows no secret", arguments: lists)
    func list(asked: Case) async throws {
        let (browsed, recording) = try await browse(asked, .collection)
        guard case .rows(let table) = browsed.content else {
            Issue.record("\(asked.testDescription) is no list")
            return
        }
        let root = try JSONDocument(recording.body).root
        let members = try #require(root.object)
        var rows = try #require(members.compactMap { $0.value.array }.first)
        if let inner = rows.first?.array { rows = inner }
        #expect(table.count == rows.count)
        let total = root["total"]?.int64 ?? 0
        #expect((browsed.completeness == .complete) == (total <= rows.count), "\(browsed.completeness)")
        let cells = (0..<table.count).flatMap { row in table.columns.indices.map { table.text(row, $0) } }
        for secret in secrets(in: root) { #expect(!cells.contains { $0.contains(secret) }) }
    }

    @Test("every object is that object, with its own fields, and shows no secret", arguments: objects)
    func object(asked: Case) async throws {
        let (browsed, recording) = try await browse(asked, .resource)
        guard case .object(let detail) = browsed.content else {
            Issue.record("\(asked.testDescription) is no object")
            return
        }
        let root = try JSONDocument(recording.body).root
        let list = try #require(root.object?.compactMap { $0.value.array }.first)
        let fields = try #require(list.first?.object)
        let shown = "\(detail)"
        for field in fields { #expect(shown.contains(field.key), "\(field.key)") }
        for secret in secrets(in: root) { #expect(!shown.contains(secret)) }
    }

    @Test("a device that is not there is an error in the server's words, whatever is asked of it")
    func noDevice() async throws {
        let refusal = try Recording("26.7", "device-unknown-name").response
        let words = Response.text(
            "{\"status\": \"error\", \"message\": \"Device nosuch.example.net not found\"}", status: 404,
            type: "application/json")
        for answer in [refusal, words] {
            let transport = ScriptedTransport { (_) throws(TransportError) in answer }
            let browser = try #require(LibreNMSServer.unhurried(transport).browser)
            let place = EntityRef(BackendID(0), .collection, id: "/devices/nosuch.example.net/ports")
            do throws(BackendError) {
                let browsed = try await browser.browse(place)
                Issue.record("shown as \(browsed.content)")
            } catch {
                #expect(error.words.contains("nosuch.example.net"), "\(error.words)")
            }
        }
    }

    @Test("a group that answers \"error\" with its members is those members")
    func errorWithRows() async throws {
        let (browsed, _) = try await browse(
            Case(release: "2016", name: "devicegroup-firewalls"), .collection)
        guard case .rows(let table) = browsed.content else {
            Issue.record("no list")
            return
        }
        #expect(table.count == 12)
    }
}
