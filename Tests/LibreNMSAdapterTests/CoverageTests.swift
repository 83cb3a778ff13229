import AdapterContract
import AdapterKit
import Domain
import Foundation
import HTTP
import JSON
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
    /// Functions of today's release that the document has under other names.
    private static let renamed = [
        "get_device_groups_device": "get_device_groups", "get_device_groups": "get_devicegroups",
        "get_device_ports": "get_port_graphs",
    ]

    /// The methods of today's functions, of which the list of routes names none.
    ///
    /// All others are GET.
    private static let methods: [String: [String]] = [
        "POST": [
            "add_alert_template", "add_components", "add_device", "add_device_group", "add_eventlog",
            "add_location", "add_parents_to_host", "add_port_group", "add_rule", "add_service_for_host",
            "assign_port_group", "create_bill", "edit_bgp_descr", "maintenance_device",
            "maintenance_devicegroup", "maintenance_location", "post_syslogsink", "remove_port_group",
            "update_device_group_add_devices",
        ],
        "PUT": ["ack_alert", "edit_alert_template", "edit_components", "edit_rule", "unmute_alert"],
        "PATCH": [
            "edit_location", "edit_service_for_host", "rename_device", "update_device_field",
            "update_device_group", "update_port_description", "update_transceiver_metric_thresholds",
        ],
        "DELETE": [
            "del_device", "del_location", "del_parents_from_host", "del_service_from_host", "delete_bill",
            "delete_components", "delete_device_group", "delete_rule", "update_device_group_remove_devices",
        ],
    ]

    /// What the API has nothing above.
    private static let alone: [PathTemplate] = [
        Path.unmute, Path.portsByMAC, "/ports/transceiver/metric/{metric}",
        "/devices/{id}/services/{service_id}/graphs/{datasource}",
        "/resources/ip/networks/{ipv4_network_id}/ip",
        "/bills/{id}/history/{bill_hist_id}/graphs/{graph_type}",
        "/bills/{id}/history/{bill_hist_id}/graphdata/{graph_type}", "/ports/search/{field}/{search}",
    ]

    /// The functions of the document and of the recorded list of a 26.7: name, method and path.
    private static func wanted() throws -> [(name: String, method: String, path: String)] {
        let root = try JSONDocument(Array(Recording("26.7", "root").body.utf8)).root
        let today = try root.requireObject().flatMap {
            name, address -> [(name: String, method: String, path: String)] in
            let address = address.text ?? ""
            let path = address.firstRange(of: "/api/v0").map { String(address[$0.upperBound...]) } ?? ""
            let method = methods.first { $0.value.contains(name) }?.key ?? "GET"
            return filled(path).map { (renamed[name] ?? name, method, $0) }
        }
        return today + functions.map { ($0.name, $0.method, $0.uri) } + [("", "GET", "")]
    }

    /// The paths that a path with optional parameters stands for.
    private static func filled(_ path: String) -> [String] {
        guard path.hasSuffix("?}") else { return [path] }
        let shorter = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
        return filled(String(shorter)) + [path.replacing("?", with: "")]
    }

    @Test("the catalogue has every function of the document and of today's list of routes, and no other")
    func catalogue() throws {
        let contract = CatalogueContract(LibreNMS.descriptor)
        let wanted = try Self.wanted()
        #expect(Set(wanted.map(\.name)).count >= 140)
        let document = wanted.map { "\($0.path) \($0.method)" }.joined(separator: "\n")
        #expect(contract.faults(against: document) == [])
        #expect(contract.faults(acting: [Path.discover]) == [])
        #expect(contract.ambiguities() == [])
        #expect(contract.untitled() == [])
        #expect(contract.orphans(but: Self.alone) == [])
    }

    @Test("an entry has the names that the document, or today's list of routes, has for its methods")
    func names() throws {
        let wanted = Set(try Self.wanted().map { "\($0.name) \($0.method) \(Self.shape($0.path))" })
        for entry in LibreNMS.descriptor.catalogue {
            let names = entry.name.components(separatedBy: ", ")
            #expect(names.count == entry.methods.count, "\(entry.template)")
            for (name, method) in zip(names, entry.methods) {
                let function = "\(name) \(method.rawValue) \(Self.shape(entry.template.description))"
                #expect(wanted.contains(function), "\(function)")
            }
        }
    }

    private static func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") || $0.hasPrefix(":") ? "*" : $0 }
            .joined(separator: "/")
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
