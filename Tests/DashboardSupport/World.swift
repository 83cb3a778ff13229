import Canvas
import Dashboard
import Domain

/// A night at a small provider: four servers, and what they say.
enum World {
    static let core = BackendID(0), edge = BackendID(1), access = BackendID(2), bonds = BackendID(3)
    static let all = [core, edge, access, bonds]
    /// 03:14:22 in UTC.
    static let wall = Timestamp(1_795_230_862)
    static let start = Instant(seconds: 1_000)

    static func state(
        size: Size = Size(120, 30), modes: [BackendID: BackendMode] = [:], isReadOnly: Bool = false,
        themes: [Theme] = [], notices: [String] = [],
        terminal: Capabilities = Capabilities(colors: 256, unicode: true, name: "xterm-256color"),
        preferences: Preferences = Preferences(), isLowBandwidth: Bool = false, opensAddresses: Bool = false,
        shortensNames: Bool = true, screen: (any ScreenProfile)? = nil, profile: any ScreenProfile = Poster(),
        alarms: [AlarmRule] = [],
        keymap: Keymap = DefaultKeys.keymap, keepsHistory: Bool = false
    ) -> State {
        func backend(
            _ id: BackendID, _ name: String, _ title: String, _ resources: [ResourceDescriptor],
            _ commands: [CommandDescriptor]
        ) -> BackendState {
            BackendState(
                id: id, name: name, title: title, address: "https://\(name).example.net",
                mode: modes[id] ?? .normal, resources: resources, commands: commands, now: start)
        }
        return State(
            size: size, now: start, wall: wall, zone: 0,
            backends: [
                backend(
                    core, "core", "LibreNMS", [Offer.alert, Offer.device, Offer.port],
                    [Offer.acknowledge, Offer.unmute]),
                backend(
                    edge, "edge", "LibreNMS", [Offer.alert, Offer.device, Offer.port],
                    [Offer.plainAcknowledge, Offer.unmute]),
                backend(
                    access, "access", "Krill", [Offer.alert, Offer.line], [Offer.acknowledge, Offer.relabel]),
                backend(bonds, "bonds", "Bonding", [Offer.alert, Offer.bond], [Offer.restart]),
            ], keymap: keymap, themes: themes, isReadOnly: isReadOnly, notices: notices,
            terminal: terminal, preferences: preferences, screen: screen, profile: profile,
            isLowBandwidth: isLowBandwidth, shortensNames: shortensNames, opensAddresses: opensAddresses,
            alarms: alarms, keepsHistory: keepsHistory)
    }

    static let searches = [
        SearchDescriptor(.device, "an address", takesAddresses: true),
        SearchDescriptor(.port, "a customer's number"),
    ]

    static let products = ["LibreNMS 26.7", "LibreNMS 2016", "Krill v2", "Bonding v3"]

    // MARK: Rows

    static func alert(_ backend: BackendID, _ id: Int64) -> EntityRef { EntityRef(backend, .alert, id: id) }
    static func device(_ backend: BackendID, _ id: Int64) -> EntityRef { EntityRef(backend, .device, id: id) }

    /// One alert: id, severity, state, minutes since it began, device, rule, note.
    typealias AlertRow = (Int64, String, String, Int64, String, String, String)

    static func alerts(_ backend: BackendID, _ rows: [AlertRow]) -> Table {
        var builder = TableBuilder(Offer.alert, backend)
        for (id, severity, state, minutes, device, rule, note) in rows {
            builder.begin(alert(backend, id))
            builder.set(0, text: severity)
            builder.set(1, text: state)
            builder.set(2, time: Timestamp(wall.seconds - minutes * 60))
            builder.set(3, ref: self.device(backend, deviceID(device)), name: device)
            builder.set(4, ref: EntityRef(backend, .rule, id: 1), name: rule)
            builder.set(5, text: note)
        }
        return builder.finish()
    }

    /// A number that a device's name always gets.
    static func deviceID(_ name: String) -> Int64 {
        Int64(deviceRows.firstIndex { $0.0 == name }.map { $0 + 1 } ?? 99)
    }

    static let coreAlerts: [AlertRow] = [
        (11, "critical", "open", 4, "mad1-core-rtr02", "BGP session down", ""),
        (12, "critical", "open", 6, "mad1-agg-sw11", "Port down: Te0/1/3 (fibre Coslada)", ""),
        (13, "warning", "open", 35, "lon5-ups-003", "Battery on replace", ""),
        (14, "warning", "acknowledged", 2880, "bcn2-acc-sw07", "High temperature", "ana: filter ordered"),
        (15, "ok", "open", 9000, "zrh1-edge-rtr01", "Configuration changed", ""),
    ]
    static let edgeAlerts: [AlertRow] = [
        (11, "warning", "better", 71, "lon5-edge-rtr01", "High load", ""),
        (21, "critical", "worse", 22, "lon5-edge-rtr02", "Packet loss to upstream", ""),
    ]
    static let accessAlerts: [AlertRow] = [
        (
            31, "critical", "acknowledged", 120, "OLT02", "PON 0/5/3: 61 of 64 ONTs down",
            "ana: splicer on site"
        )
    ]
    static let bondAlerts: [AlertRow] = [
        (41, "warning", "open", 7, "globex-north", "degraded: 1 of 2 legs", "")
    ]

    /// Name, status, location, hardware.
    static let deviceRows: [(String, String, String, String)] = [
        ("mad1-core-rtr01", "up", "mad1", "MX480"), ("mad1-core-rtr02", "up", "mad1", "MX480"),
        ("mad1-agg-sw11", "down", "mad1", "NCS-5501"), ("mad1-agg-sw12", "up", "mad1", "NCS-5501"),
        ("lon5-ups-003", "warning", "lon5", "Smart-UPS"), ("lon5-edge-rtr01", "up", "lon5", "ASR9001"),
        ("lon5-edge-rtr02", "up", "lon5", "ASR9001"), ("bcn2-acc-sw07", "up", "bcn2", "EX3400"),
        ("bcn2-acc-sw10", "up", "bcn2", "EX3400"), ("zrh1-edge-rtr01", "ignored", "zrh1", "ASR9001"),
        ("zrh1-oob-01", "disabled", "zrh1", ""), ("OLT02", "unknown", "", "MA5800"),
    ]

    static func devices(_ backend: BackendID, _ names: (String) -> Bool) -> Table {
        var builder = TableBuilder(Offer.device, backend)
        for (index, row) in deviceRows.enumerated() where names(row.0) {
            builder.begin(device(backend, Int64(index + 1)))
            builder.set(0, text: row.1)
            builder.set(1, text: row.0)
            builder.set(2, text: row.1 == "down" ? "icmp" : "")
            builder.set(3, text: row.3)
            builder.set(4, text: row.3 == "MX480" ? "junos" : "iosxr")
            builder.set(5, text: row.2)
            builder.set(6, integer: Int64(index + 1) * 86_400 * 9 + 4_321)
            builder.set(7, time: Timestamp(wall.seconds - 41 - Int64(index) * 20))
            builder.set(8, text: "10.0.\(index).1")
        }
        return builder.finish()
    }

    static func ports(_ backend: BackendID) -> Table {
        var builder = TableBuilder(Offer.port, backend)
        for index in 1...40 as ClosedRange<Int64> {
            let device = index % 4
            builder.begin(EntityRef(backend, .port, id: index))
            builder.set(0, text: index == 7 ? "down" : index % 11 == 0 ? "shut" : "up")
            builder.set(1, ref: self.device(backend, device + 1), name: deviceRows[Int(device)].0)
            builder.set(2, text: "Te0/\(index / 8)/\(index)")
            builder.set(3, text: index == 7 ? "fibre Coslada" : "customer \(index)")
            builder.set(4, integer: index * 31_415_926)
            builder.set(5, integer: index * 2_718_281)
            builder.set(6, number: Double(index) * 2.3)
            builder.set(7, integer: 10_000_000_000)
            builder.set(8, text: index % 11 == 0 ? "down" : "up")
            builder.set(9, text: "00:1b:21:3c:4d:\(index + 10)")
        }
        return builder.finish()
    }

    static func lines() -> Table {
        var builder = TableBuilder(Offer.line, access)
        for index in 1...6 as ClosedRange<Int64> {
            builder.begin(EntityRef(access, "onu", id: "0/5/3:\(index)"))
            builder.set(0, text: "ONT 0/5/3:\(index)")
            builder.set(1, text: "customer-\(1000 + index)")
            builder.set(2, number: -18.5 - Double(index) * 1.7)
            builder.set(3, number: Double(index * index) * 1.5)
            builder.set(4, integer: index * 98_765_432_100)
        }
        return builder.finish()
    }

    static func bondTable(_ states: [String] = ["up", "degraded", "down"]) -> Table {
        var builder = TableBuilder(Offer.bond, bonds)
        let names = ["initech", "globex-north", "acme-hq"]
        for (index, state) in states.enumerated() {
            builder.begin(EntityRef(bonds, "bond", id: Int64(19 + index)))
            builder.set(0, text: state)
            builder.set(1, text: index < names.count ? names[index] : "bond-\(index)")
            builder.set(2, integer: Int64(max(0, 2 - index)))
            builder.set(3, integer: 2)
            builder.set(4, ref: EntityRef(bonds, "node", id: 4), name: "mad-agg1")
            builder.set(5, flag: index == 1)
            builder.set(6, text: legs(state))
        }
        return builder.finish()
    }

    /// The states of two legs of a bond.
    private static func legs(_ state: String) -> String {
        switch state {
        case "up": "up up"
        case "degraded": "up down"
        case "down": "down idle"
        default: "unheard-of up"
        }
    }
}

extension World {
    static let detail = Detail(
        device(core, 2), title: "mad1-core-rtr02",
        sections: [
            Detail.Section(
                "Device",
                [
                    .init("status", .text("up"), .state), .init("hardware", .text("MX480")),
                    .init("uptime", .integer(1_559_521), .duration),
                    .init("location", .text("mad1")),
                    .init("last polled", .time(Timestamp(wall.seconds - 61)), .time),
                    .init("disabled", .flag(false), .flag), .init("notes", .none),
                ]),
            Detail.Section(
                "Ports",
                [
                    .init("up", .ref(EntityRef(core, .port, id: 5), name: "Te0/0/5"), .ref(.port)),
                    .init("down", .ref(EntityRef(core, .port, id: 9), name: "Te0/1/9"), .ref(.port)),
                ]),
        ])

    static let auditRows = [
        AuditRow(
            id: "a", time: Timestamp(wall.seconds - 30), who: "ana@noc1 from 192.0.2.7",
            what: "restart-bond on bonds", targets: ["bond 21 acme-hq"], results: [],
            lines: ["POST https://bonds.example.net/bonds/21/restart/"], isUnknown: true,
            entities: [EntityName(backend: "bonds", kind: "bond", id: "21")]),
        AuditRow(
            id: "b", time: Timestamp(wall.seconds - 4_000), who: "ana@noc1", what: "acknowledge on core",
            targets: ["alert 14 High temperature", "alert 15 High load"],
            results: [
                .init(.verified, "High temperature: acknowledged"), .init(.verified, "High load: ack"),
            ],
            lines: ["PUT https://core.example.net/api/v0/alerts/14"], isUnknown: false,
            entities: [
                EntityName(backend: "core", kind: .alert, id: "14"),
                EntityName(backend: "core", kind: .alert, id: "15"),
            ]),
        AuditRow(
            id: "c", time: Timestamp(wall.seconds - 90_000), who: "ben@noc2", what: "unmute on edge",
            targets: ["alert 3 Packet loss"], results: [.init(.failed, "Packet loss: no right")],
            lines: [], isUnknown: false),
    ]

    static let hostileAlerts: [AlertRow] = [
        (
            11, "critical", "open", 4, "evil\u{1B}[31mred\u{7}", "line\nbreak\tand tab \u{202E}reversed",
            "\u{200B}"
        ),
        (12, "critical", "open", 6, "東京-コア-ルーター-01", "光ファイバー断線：全二重", "対応中：田中"),
        (
            13, "warning", "open", 35, "u\u{308}mla\u{308}ut-e\u{301}", "👩‍👩‍👧‍👦 family 🇪🇸 flag ☎️",
            "a\u{300}\u{301}\u{302}\u{303}b"
        ),
        (14, "warning", "acknowledged", 2880, String(repeating: "long", count: 700), "", "x"),
        (15, "strange", "unheard of", -600, "", "مرحبا بالعالم", "שלום"),
    ]
}

extension Desk {
    /// A desk where one server is fresh, one stale, one refused the login and one never answered.
    static func troubled(size: Size = Size(120, 30), profile: any ScreenProfile = Poster()) -> Desk {
        var desk = Desk(World.state(size: size, modes: [World.edge: .guarded], profile: profile))
        desk.tick(0)
        desk.probe(World.core)
        desk.probe(World.edge)
        desk.send(.probed(World.bonds, .failure(BackendError(.refused, "the password was not accepted"))))
        desk.send(
            .probed(World.access, .failure(BackendError(.unreachable, "no route to access.example.net"))))
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.refreshed(World.edge, .alert, World.alerts(World.edge, World.edgeAlerts))
        desk.refreshed(World.core, .device, World.devices(World.core) { !$0.hasPrefix("lon5") })
        desk.refreshed(World.edge, .device, World.devices(World.edge) { $0.hasPrefix("lon5") })
        desk.refreshed(World.core, .port, World.ports(World.core), .partial("ports of 4 of 10 devices"))
        desk.tick(62)
        desk.failed(World.edge, .alert, .server)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.tick(9)
        return desk
    }
}
