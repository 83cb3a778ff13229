import AdapterKit
import Domain
import Foundation
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("Coverage of LibreNMS' API")
struct CoverageTests {
    /// The functions of the document of API v0, with method and URI.
    private static let functions: [(name: String, method: String, uri: String)] = [
        ("del_device", "DELETE", "/devices/:hostname"), ("get_device", "GET", "/devices/:hostname"),
        ("get_graphs", "GET", "/devices/:hostname/graphs"),
        ("get_graph_generic_by_hostname", "GET", "/devices/:hostname/:type"),
        ("get_port_graphs", "GET", "/devices/:hostname/ports"),
        ("get_port_stats_by_port_hostname", "GET", "/devices/:hostname/ports/:ifname"),
        ("get_graph_by_port_hostname", "GET", "/devices/:hostname/ports/:ifname/:type"),
        ("list_devices", "GET", "/devices"), ("add_device", "POST", "/devices"),
        ("list_oxidized", "GET", "/oxidized"), ("update_device_field", "PATCH", "/devices/:hostname"),
        ("get_device_groups", "GET", "/devices/:hostname/groups"),
        ("get_devicegroups", "GET", "/devicegroups"), ("get_devices_by_group", "GET", "/devicegroups/:name"),
        ("list_bgp", "GET", "/bgp"), ("get_vlans", "GET", "/devices/:hostname/vlans"),
        ("get_alert", "GET", "/alerts/:id"), ("ack_alert", "PUT", "/alerts/:id"),
        ("unmute_alert", "PUT", "/alerts/unmute/:id"), ("list_alerts", "GET", "/alerts"),
        ("get_alert_rule", "GET", "/rules/:id"), ("delete_rule", "DELETE", "/rules/:id"),
        ("list_alert_rules", "GET", "/rules"), ("add_rule", "POST", "/rules"), ("edit_rule", "PUT", "/rules"),
        ("get_inventory", "GET", "/inventory/:hostname"), ("list_bills", "GET", "/bills"),
        ("get_bill", "GET", "/bills/:id"),
    ]
    /// What the root is called in the table: the document describes it without naming a function.
    private static let root = "the list of endpoints"

    private static let project = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The cells of the table's rows.
    private static func rows() throws -> [[String]] {
        let text = try String(contentsOf: project.appending(path: "docs/coverage.md"), encoding: .utf8)
        // The tables of other servers have headings of their own.
        let own = text.components(separatedBy: "\n# ").first ?? ""
        return own.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// The cells of the table of what the document does not have.
    private static func rowsOfToday() throws -> [[String]] {
        let text = try String(contentsOf: project.appending(path: "docs/coverage.md"), encoding: .utf8)
        let part =
            text.components(separatedBy: "\n# ").first { $0.hasPrefix("What more of today's LibreNMS") } ?? ""
        return part.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test(
        "what more of today's release is used is in its recorded list of routes, is declared, and has a test")
    func today() throws {
        let root = try Recording("26.7", "root").body
        // What does something is declared nowhere: it only leaves as a command.
        let written = [
            Path.maintenance, Path.groupMaintenance, Path.locationMaintenance, Path.discover,
            Path.portDescription,
        ]
        let declared = LibreNMS.descriptor.reads.map { "\($0)" } + written.map { "\($0)" }
        let reads = declared.joined(separator: " ")
        let rows = try Self.rowsOfToday()
        #expect(rows.count > 15)
        for row in rows {
            #expect(root.contains("\"\(Self.bare(row[0]))\""), "\(row[0])")
            let word = Self.bare(row[2]).split(separator: "/").last { !$0.hasPrefix(":") } ?? ""
            #expect(reads.contains(word), "\(row[2])")
        }
        #expect(Set(rows.map { $0[0] }).count == rows.count)
    }

    private static func bare(_ cell: String) -> String { cell.filter { $0 != "`" } }

    @Test("the table has every function of the document once, and no other")
    func functions() throws {
        let rows = try Self.rows()
        #expect(rows.allSatisfy { $0.count == 5 && !$0[3].isEmpty })
        let listed = rows.map { "\(Self.bare($0[0])) \($0[1]) \(Self.bare($0[2]))" }
        let wanted =
            Self.functions.map { "\($0.name) \($0.method) \($0.uri)" } + ["\(Self.root) GET the root"]
        #expect(listed.sorted() == wanted.sorted())
    }

    @Test("every test that the table names is there, in the suite that it names")
    func named() throws {
        let folder = Self.project.appending(path: "Tests")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let sources = try (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }
        #expect(sources.count > 50)
        for row in try Self.rows() + Self.rowsOfToday() {
            guard let cell = row.last, cell != "later: browse" else { continue }
            let parts = cell.components(separatedBy: " / ")
            guard let suite = parts.first, parts.count == 2 else {
                Issue.record("\(row[0]): “\(cell)” is not a suite and a test")
                continue
            }
            let isThere = sources.contains {
                $0.contains("@Suite(\"\(suite)\"") && $0.contains("\"\(parts[1])\"") && $0.contains("@Test(")
            }
            #expect(isThere, "\(row[0]): there is no test “\(cell)”")
        }
    }

    @Test(
        "every reading function arrives at a server of each dialect that has it",
        arguments: LiveLibreNMS.releases)
    func arrives(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            _ = try await live.server.check()
            for resource in live.server.resources where resource.kind != .port {
                let table = try await live.table(resource.kind)
                let row = try #require(
                    table.refs.indices.first {
                        resource.kind != .device || table.name($0).contains("core")
                    }, "\(resource.kind)")
                let detail = try await live.server.detail(of: table.refs[row])
                guard resource.kind == .device else { continue }
                try await draw(table.refs[row], live)
                let links = detail.sections.flatMap(\.lines).compactMap { line in
                    if case .ref(let entity, _) = line.value { entity } else { nil }
                }
                let port = try #require(links.first { $0.kind == .port })
                try await draw(port, live)
                let part = try #require(links.first { $0.kind == .part })
                for entity in [port, part] { _ = try await live.server.detail(of: entity) }
            }
            // One that is not open any more is asked for by its id.
            _ = try? await live.server.detail(of: EntityRef(BackendID(0), .alert, id: "999999"))
            let asked = live.simulator.arrivals().filter { $0.method == "GET" }.map(\.target)
            #expect(asked.contains { $0 == "/api/v0" })
            for function in Self.functions where function.method == "GET" {
                // Newer servers give a port by its id.
                if release == .modern, function.name == "get_port_stats_by_port_hostname" { continue }
                let isAsked = asked.contains { Self.matches($0, function) }
                #expect(isAsked, "\(function.name) is not asked for; asked: \(asked.joined(separator: " "))")
            }
        }
    }

    private func draw(_ entity: EntityRef, _ live: LiveLibreNMS) async throws {
        let picture = try #require(try await live.server.pictures(of: entity).first)
        _ = try await live.server.picture(PictureRequest(entity, picture, width: 300, height: 120))
    }

    /// Whether a request is for a function: its words where the URI has words, and no other function's.
    private static func matches(
        _ target: String, _ function: (name: String, method: String, uri: String)
    ) -> Bool {
        let path = target.prefix { $0 != "?" }.dropFirst("/api/v0/".count).split(separator: "/")
        let wanted = function.uri.split(separator: "/")
        guard path.count == wanted.count else { return false }
        let isLike = zip(path, wanted).allSatisfy { $1.hasPrefix(":") || $0 == $1 }
        // A type of graph has what no word of another function has.
        return isLike && (function.uri.hasSuffix(":type") ? path.last?.contains("_") == true : true)
    }
}
