/// What the lesser applications say of the world itself; all bodies are inferred.
extension KrillPaths {
    static let lesser: [KrillPath] =
        docsis + acs + installer + [
            .get("isp/cpe-profiles", "Cpe Profiles", forgivesSlash: true) { call in
                call.json(.list(CPEProfile.all.map(\.value)))
            },
            .post(
                "rubik/verify", "Verify", acts: false,
                fields: [FieldWords("address_uid", .string, isRequired: true)]
            ) { $0.verifyAddress() },
            Lease.resource("v4") { $0.address }.paths[0],
            Lease.resource("v6") { "2001:db8:c:\(String($0.id, radix: 16))::/64" }.paths[0],
            AdminLogEntry.resource.paths[0],
            .get("wimax/basestations", "Base Stations", forgivesSlash: true) { call in
                call.json(.list(call.stations(.wimax)))
            },
        ]

    private static let docsis: [KrillPath] = [
        .get("docsis/cmtss", "CMTSs", forgivesSlash: true) { call in call.json(.list(call.stations(.docsis)))
        },
        .get("docsis/mac-domains", "MAC Domains", forgivesSlash: true) { call in
            call.json(.list(call.modemGroups("mac_domain")))
        },
        .get("docsis/fiber-nodes", "Fiber Nodes", forgivesSlash: true) { call in
            call.json(.list(call.modemGroups("fiber_node")))
        },
    ]

    private static let acs: [KrillPath] = [
        ofCPE("acs/devices/{id}", "Acs Device") { call, cpe in
            [
                "id": .integer(cpe.id), "cpename": .text(cpe.name), "serial_number": .text(cpe.line.serial),
                "manufacturer": .text(cpe.line.model.vendor), "product_class": .text(cpe.line.model.name),
                "connection_request_password": .text("s3cret-acs-\(cpe.id)"),
            ]
        },
        ofCPE("acs/devices/{id}/tasks", "Acs Tasks") { call, cpe in .list(call.tasks(of: cpe.line)) },
        ofCPE("acs/devices/{id}/wifi/radios", "Acs Wifi Radios") { _, cpe in
            .list(
                [("2.4GHz", 6), ("5GHz", 44)].enumerated().map { index, radio in
                    [
                        "id": .integer(index + 1), "band": .text(radio.0), "channel": .integer(radio.1),
                        "enabled": .flag(true), "ssid": .text("wifi-\(cpe.name)"),
                        "passphrase": .text("s3cret-wifi-\(cpe.id)"),
                    ]
                })
        },
    ]

    private static let installer: [KrillPath] = [
        ofCPE("installer/cpes/{id}", "Installer Cpe") { _, cpe in
            .object(
                ["id", "cpename", "sn", "model", "address", "city", "tech", "profile", "notes"].map {
                    .init($0, CPEColumns.byName[$0]?.value(cpe) ?? .null)
                })
        },
        ofCPE("installer/cpes/{id}/info", "Installer Cpe Info") { call, cpe in LiveInfo(cpe, call).value },
    ]
}

extension KrillCall {
    /// CMTSs or base stations with how many of their lines are there.
    func stations(_ technology: Technology) -> [Value] {
        access.nodes.filter { $0.technology == technology && sees(node: $0.index) }.map { node in
            let device = access.network.devices[node.index]
            let lines = (access.linesByNode[node.index] ?? []).map { access.lines[$0] }
            let online = lines.count { view.state(of: $0).isUp }
            return [
                "id": .integer(device.id), "name": .text(access.name(ofNode: node.index)),
                "address": .text(device.address),
                "state": .text(view.nodeDownSince(node.index) == nil ? "up" : "down"),
                "total": .integer(lines.count), "online": .integer(online),
                "offline": .integer(lines.count - online),
            ]
        }
    }

    /// Up to 24 modems share a MAC domain, and a fibre node feeds one.
    func modemGroups(_ kind: String) -> [Value] {
        access.nodes.filter { $0.technology == .docsis && sees(node: $0.index) }.flatMap { node -> [Value] in
            let lines = (access.linesByNode[node.index] ?? []).map { access.lines[$0] }
            return stride(from: 0, to: lines.count, by: 24).map { start in
                let group = lines[start..<min(start + 24, lines.count)]
                let online = group.count { view.state(of: $0).isUp }
                let number = start / 24
                return [
                    "id": .integer(node.index * 100 + number + 1),
                    "cmts": .text(access.name(ofNode: node.index)),
                    "name": .text(
                        kind == "fiber_node"
                            ? "FN-\(node.index + 1)-\(number)" : "Cable\(number / 4)/0/\(number % 4)"),
                    "modems": .integer(group.count), "online": .integer(online),
                    "offline": .integer(group.count - online),
                    "snr_db": .float(
                        hundredths: access.network.noise.pick(
                            2_900...3_800, .light, node.index, 1_000 + number)),
                ]
            }
        }
    }

    /// What was ordered of a CPE's TR-069: it waits, runs, and ends well where the line is there.
    func tasks(of line: Line) -> [Value] {
        view.changes.operations.filter {
            $0.line == line.id && ["reconfig", "diagnostic"].contains($0.action)
        }
        .enumerated().map { index, operation in
            let age = view.tick - operation.at
            let isUp = view.state(of: line).isUp
            let state = age < 5 ? "pending" : age < 20 ? "running" : isUp ? "completed" : "failed"
            return [
                "id": .integer(index + 1), "name": .text(operation.action), "state": .text(state),
                "created": time(tick: operation.at),
                "finished": age < 20 ? .null : time(tick: operation.at + 20),
            ]
        }
    }

    func verifyAddress() -> Reply {
        switch reading() {
        case .refused(let reply): return reply
        case .body(let body):
            let address = body["address_uid"].plain
            guard !address.isEmpty else { return complaints([("address_uid", "This field is required.")]) }
            return json(
                ["address_uid": .text(address), "available": .flag(address.hasPrefix("addr-"))])
        }
    }

    /// Who did what: the latest first, at the end what was done before the world began.
    var adminLog: [AdminLogEntry] {
        let orders = view.changes.operations.map { order in
            let name = view.line(order.line)?.name ?? "\(order.line)"
            return LineChanges.Entry(
                at: order.at, author: order.author, kind: "cpe", object: name, words: order.action)
        }
        let lines = access.lines
        let past = (1...12).map { back in
            LineChanges.Entry(
                at: -back * 7_013, author: ["noc", "crm"][back % 2], kind: "cpe",
                object: lines.isEmpty ? "" : lines[back * 13 % lines.count].name,
                words: ["Changed profile.", "Changed notes.", "reboot", "Added."][back % 4])
        }
        let all = past.reversed() + (view.changes.entries + orders).sorted { $0.at < $1.at }
        return all.enumerated().map { AdminLogEntry(id: $0.offset + 1, entry: $0.element, call: self) }
            .reversed()
    }

    /// The leases of the lines that do not dial in.
    var leases: [Lease] {
        zip(view.lines, view.states).filter {
            !$0.0.traits.contains(.dials) && $0.1.hasService && sees($0.0)
        }.map { Lease(line: $0.0, call: self) }
    }
}

/// A line of the log of administrators.
struct AdminLogEntry: KrillRecord {
    let id: Int
    let entry: LineChanges.Entry
    let call: KrillCall

    var written: [String: Input] { [:] }

    static let resource = KrillResource<AdminLogEntry>(
        path: "logger/admin-logs", title: "Admin Log",
        fields: [
            KrillField("id", .integer) { .integer($0.id) },
            KrillField("action_time", .datetime) { $0.call.time(tick: $0.entry.at) },
            KrillField("user") { .text($0.entry.author) },
            KrillField("content_type") { .text($0.entry.kind) },
            KrillField("object") { .text($0.entry.object) },
            KrillField("change_message") { .text($0.entry.words) },
        ], forgivesSlash: true, list: { $0.adminLog }, find: { _, _ in nil })
}

/// An address that a line has for a while.
struct Lease: KrillRecord {
    let line: Line
    let call: KrillCall

    var id: Int { line.id }
    var written: [String: Input] { [:] }

    private var age: Int { (call.view.tick + line.id * 37) % 1_800 }

    static func resource(_ version: String, _ address: @escaping @Sendable (Line) -> String) -> KrillResource<
        Lease
    > {
        KrillResource(
            path: "kermit/ip\(version)-leases", title: "IP\(version) Lease",
            fields: [
                KrillField("cpename") { .text($0.line.name) },
                KrillField("address") { .text(address($0.line)) },
                KrillField("hwaddress") { .text(MACText.of($0.line.mac)) },
                KrillField("starts", .datetime) { $0.call.time(tick: $0.call.view.tick - $0.age) },
                KrillField("expires", .datetime) { $0.call.time(tick: $0.call.view.tick - $0.age + 3_600) },
            ], forgivesSlash: true, list: { $0.leases }, find: { _, _ in nil })
    }
}
