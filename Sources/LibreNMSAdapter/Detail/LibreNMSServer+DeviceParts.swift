internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// The sections of a device's detail that cost a request each.
extension LibreNMSServer {
    /// What a server of this dialect can say about a device.
    func deviceParts(_ device: DeviceID, host: String, _ dialect: Dialect) -> [DetailPart] {
        let id = ["id": device]
        let all: [(route: String?, title: String, read: Reading)] = [
            (
                nil, "Alerts",
                { () async throws(BackendError) in try await self.alertSections(device, dialect) }
            ),
            (nil, "Ports", { () async throws(BackendError) in try await self.portSections(device, dialect) }),
            (
                "list_bgp", "BGP sessions",
                { () async throws(BackendError) in try await self.sessions(device) }
            ),
            ("get_vlans", "VLANs", { () async throws(BackendError) in try await self.vlans(id) }),
            (
                "get_inventory", "Inventory",
                { () async throws(BackendError) in try await self.inventorySections(device, dialect) }
            ),
            (
                dialect.decodesTwice ? "get_device_groups" : "get_device_groups_device", "Groups",
                { () async throws(BackendError) in try await self.groups(id) }
            ),
            (
                "list_available_health_graphs", "Sensors",
                { () async throws(BackendError) in try await self.sensorSections(device) }
            ),
            (
                "list_services_device", "Services",
                { () async throws(BackendError) in try await self.serviceSections(device) }
            ),
            ("list_links_device", "Links", { () async throws(BackendError) in try await self.links(id) }),
            ("device_outages", "Outages", { () async throws(BackendError) in try await self.outages(id) }),
            (
                "device_availability", "Availability",
                { () async throws(BackendError) in try await self.availability(id) }
            ),
            (
                "list_eventlog", "Event log",
                { () async throws(BackendError) in try await self.events(device) }
            ),
            ("get_graphs", "Graphs", { () async throws(BackendError) in try await self.graphs(id) }),
            ("list_oxidized", "Oxidized", { () async throws(BackendError) in try await self.oxidized(host) }),
        ]
        return all.filter { $0.route.map { dialect.offers($0) } ?? true }.map {
            DetailPart(title: $0.title, read: $0.read)
        } + networkParts(device, dialect)
    }

    private typealias Reading = @Sendable () async throws(BackendError) -> [Detail.Section]

    /// A section with the number of its lines; none for no lines.
    private func section(_ title: String, _ lines: [Detail.Line]?) -> [Detail.Section] {
        guard let lines, !lines.isEmpty else { return [] }
        return [Detail.Section("\(title) (\(Quantity.count(lines.count)))", lines)]
    }

    // MARK: Routing and switching

    /// The BGP sessions of a device, those that are not established first.
    ///
    /// An unknown host name gives the sessions of all devices, so each row is looked at.
    private func sessions(_ device: DeviceID) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows(
            "bgp_sessions", Path.sessions, query: [("hostname", device)], priority: 0)
        let rows = list?.array.filter { $0["device_id"]?.text == device } ?? []
        let isUp = { (row: JSONValue) in row["bgpPeerState"]?.text == "established" }
        let sorted = rows.filter { !isUp($0) } + rows.filter(isUp)
        return section("BGP sessions", sorted.map(Self.session))
    }

    private static func session(_ row: JSONValue) -> Detail.Line {
        func word(_ key: String) -> String { Cleaning.clean(row[key]?.text ?? "") }
        let remote = [word("bgpPeerRemoteAddr"), word("bgpPeerIdentifier")].first { !$0.isEmpty } ?? "?"
        var words = [word("bgpPeerState")]
        if word("bgpPeerAdminStatus") != "start", !word("bgpPeerAdminStatus").isEmpty {
            words.append("switched to \(word("bgpPeerAdminStatus"))")
        }
        words.append("AS\(word("bgpPeerRemoteAs"))")
        words += [word("astext"), word("bgpPeerDescr"), word("bgpPeerLastErrorText")].filter { !$0.isEmpty }
        if let seconds = row["bgpPeerFsmEstablishedTime"]?.int64 {
            words.append("for \(Quantity.duration(seconds))")
        }
        if !word("bgpLocalAddr").isEmpty { words.append("from \(word("bgpLocalAddr"))") }
        return Detail.Line(remote, .text(words.joined(separator: "  ")))
    }

    private func vlans(_ id: [String: String]) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("vlans", Path.deviceVLANs, id, priority: 0)
        return section(
            "VLANs",
            list?.array.map { row in
                func word(_ key: String) -> String { Cleaning.clean(row[key]?.text ?? "") }
                var words = [word("vlan_name"), word("vlan_type")]
                if !word("vlan_mtu").isEmpty { words.append("MTU \(word("vlan_mtu"))") }
                if !["", "1"].contains(word("vlan_domain")) { words.append("domain \(word("vlan_domain"))") }
                let text = words.filter { !$0.isEmpty }.joined(separator: "  ")
                return Detail.Line(word("vlan_vlan"), .text(text))
            })
    }

    private func links(_ id: [String: String]) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("links", Path.deviceLinks, id, priority: 0)
        let names = withMemory { $0.deviceNames }
        return section(
            "Links",
            list?.array.map { row in
                func word(_ key: String) -> String { Cleaning.clean(row[key]?.text ?? "") }
                let remote = row["remote_device_id"]?.text.flatMap { Int64($0) ?? 0 > 0 ? $0 : nil }
                let host = remote.flatMap { names[$0] } ?? word("remote_hostname")
                let text = "\(host)  \(word("remote_port"))"
                return Detail.Line(
                    word("protocol"),
                    remote.map { .ref(entity(.device, $0), name: text) } ?? .text(text),
                    remote == nil ? .text : .ref(.device))
            })
    }

    // MARK: What happened

    private func outages(_ id: [String: String]) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("outages", Path.deviceOutages, id, priority: 0)
        let rows = list?.array.sorted { ($0["going_down"]?.int64 ?? 0) > ($1["going_down"]?.int64 ?? 0) }
        return section(
            "Outages",
            rows?.prefix(20).compactMap { row in
                guard let down = row["going_down"]?.int64, down > 0 else { return nil }
                let up = row["up_again"]?.int64
                let words = up.map { "lasted \(Quantity.duration(max(0, $0 - down)))" } ?? "not over"
                return Detail.Line(words, .time(Timestamp(down)), .time)
            })
    }

    private func availability(_ id: [String: String]) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("availability", Path.deviceAvailability, id, priority: 0)
        let lines = list?.array.compactMap { row -> Detail.Line? in
            guard let seconds = row["duration"]?.int64, let percent = row["availability_perc"]?.double else {
                return nil
            }
            return Detail.Line("last \(Quantity.duration(seconds))", .number(percent), .percent)
        }
        return lines?.isEmpty ?? true ? [] : [Detail.Section("Availability", lines ?? [])]
    }

    /// The newest entries; the server gives the oldest first unless told otherwise, in capital letters.
    private func events(_ device: DeviceID) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows(
            "logs", Path.eventLog, ["hostname": device],
            query: [("limit", "50"), ("sortorder", "DESC")], priority: 0)
        let clock = withMemory { $0.usableClock }
        let lines = list?.array.map { row in
            let time = row["datetime"]?.text.flatMap { CivilTime.parse($0, clock: clock) }
            let when = time.map { CivilTime.fields($0, offset: clock.zone.offset(at: $0)).text } ?? ""
            let words = [row["type"]?.text, row["message"]?.text].compactMap { $0 }.joined(separator: "  ")
            return Detail.Line(when, .text(Cleaning.clean(words)))
        }
        return lines?.isEmpty ?? true ? [] : [Detail.Section("Event log, the newest first", lines ?? [])]
    }

    // MARK: What it belongs to

    private func groups(_ id: [String: String]) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("groups", Path.deviceGroups, id, priority: 0)
        return section(
            "Groups",
            list?.array.compactMap { DeviceGroup($0) }.map { group in
                Detail.Line(
                    Cleaning.clean(group.row["type"]?.text ?? ""),
                    .ref(entity(.group, group.id), name: group.title), .ref(.group))
            })
    }

    /// The graphs that the server draws of a device; it may name one twice.
    private func graphs(_ id: [String: String]) async throws(BackendError) -> [Detail.Section] {
        let list = try await rows("graphs", Path.deviceGraphs, id, priority: 0)
        var seen: Set<String> = []
        return section(
            "Graphs",
            list?.array.compactMap { row in
                guard let name = row["name"]?.text, seen.insert(name).inserted else { return nil }
                return Detail.Line(Cleaning.clean(row["desc"]?.text ?? ""), .text(Cleaning.clean(name)))
            })
    }

    /// Whether Oxidized collects the device; the list may be kept from a token that may not see it.
    private func oxidized(_ host: String) async throws(BackendError) -> [Detail.Section] {
        let rows: JSONArray
        do {
            rows = try await oxidizedRows(priority: 1)
        } catch {
            if error.kind == .forbidden { return [] }
            throw error
        }
        guard let row = rows.first(where: { $0["hostname"]?.text == host }) else { return [] }
        let words = ["os", "group"].compactMap { row[$0]?.text }.filter { !$0.isEmpty }
        return [
            Detail.Section(
                "Oxidized",
                [
                    Detail.Line(
                        "collected as",
                        .ref(
                            entity(.oxidized, host), name: Cleaning.clean(words.joined(separator: ", "))),
                        .ref(.oxidized))
                ])
        ]
    }
}
