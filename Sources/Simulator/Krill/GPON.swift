/// The application `gpon`: what OLTs say now, and the ONUs that nobody has enabled yet.
extension KrillPaths {
    static let gpon: [KrillPath] = [
        .get("gpon/unconfigured", "Unconfigured ONUs", forgivesSlash: true) { call in
            call.json(.list(call.unconfigured.map(\.value)))
        },
        .post(
            "gpon/unconfigured/{id}/enable", "Enable ONU",
            fields: [FieldWords("cpe", .integer)]
        ) { $0.enableONU() },
        // The list of OLTs and what hangs on their ports are inferred from the path below.
        .get("gpon/olts", "OLTs", forgivesSlash: true) { call in call.json(.list(call.olts)) },
        .get("gpon/olts/{olt}/ports", "PON Ports", forgivesSlash: true) { $0.ports() },
        .get(
            "gpon/olts/{olt}/frames/{frame}/slots/{slot}/ports/{port}/onus/status", "ONU Status",
            forgivesSlash: true
        ) {
            $0.onuStatus()
        },
    ]
}

/// An ONU that showed itself on a PON and belongs to nobody yet.
struct UnconfiguredONU: Sendable {
    let id: Int
    let serial: String
    let pon: PON
    let tag: String
    let since: Int
    let call: KrillCall

    var value: Value {
        [
            "id": .integer(id), "serial_number": .text(serial), "model": "EG8145V5",
            "hardware_version": "39F7.A", "software_version": "V5R020C10S215",
            "olt": .text(call.access.name(ofNode: pon.node)), "port": .text(pon.place), "tag": .text(tag),
            "disable_provision": .flag(id % 7 == 0), "pending_since": call.time(tick: since),
            "validation_error": id % 5 == 0 ? .text("no CPE with this serial number") : .null,
        ]
    }
}

extension KrillCall {
    /// Every few hours another ONU shows itself; one that is enabled is none of them any more.
    var unconfigured: [UnconfiguredONU] {
        let pons = access.pons.filter { sees(node: $0.node) }
        guard !pons.isEmpty else { return [] }
        let period = 7_200
        let latest = floorDivide(view.tick, by: period)
        return (0..<6).compactMap { back in
            let number = latest - back
            let pon = access.network.noise.pick(pons, .line, number, 90)
            let digits = String(0x7000_0000 + (number &+ 5_000) * 7_919, radix: 16).uppercased()
            let serial = "48575443\(digits.suffix(8))"
            guard !view.changes.enabledONUs.contains(serial) else { return nil }
            return UnconfiguredONU(
                id: number + 5_000, serial: serial, pon: pon, tag: access.tag(of: pon),
                since: number * period,
                call: self)
        }
    }

    /// `POST gpon/unconfigured/{id}/enable/`.
    func enableONU() -> Reply {
        guard let onu = unconfigured.first(where: { String($0.id) == self["id"] }) else { return notFound() }
        switch reading() {
        case .refused(let reply): return reply
        case .body(let body):
            if !body["cpe"].isNull, cpe(named: body["cpe"].plain) == nil {
                return complaints([("cpe", "Invalid pk \"\(body["cpe"].plain)\" - object does not exist.")])
            }
        }
        guard onu.id % 7 != 0 else {
            return detail(409, "disable_provision is set for \(onu.serial): it is not to be provisioned.")
        }
        krill.world.changeLines { _ = $0.enabledONUs.insert(onu.serial) }
        return json(["result": "enable ordered"])
    }

    // MARK: OLTs

    private var oltNodes: [Int] {
        access.nodes.filter { $0.technology == .gpon && sees(node: $0.index) }.map(\.index)
    }

    var olts: [Value] {
        oltNodes.map { index in
            let device = access.network.devices[index]
            return [
                "name": .text(access.name(ofNode: index)), "address": .text(device.address),
                "model": .text(orNull: device.identity.hardware),
                "state": .text(view.nodeDownSince(index) == nil ? "up" : "down"),
                "ports": .integer(access.pons.count { $0.node == index }),
                "onus": .integer(access.linesByNode[index]?.count ?? 0),
            ]
        }
    }

    private func olt() -> Int? { oltNodes.first { access.name(ofNode: $0) == self["olt"] } }

    func ports() -> Reply {
        guard let olt = olt() else { return notFound() }
        let states = view.states
        let rows = access.pons.filter { $0.node == olt }.map { pon in
            let online = pon.lines.count { index in
                access.lines[index].id == states[safe: index]?.line.id
                    ? states[index].isUp : view.state(of: access.lines[index]).isUp
            }
            return
                ([
                    "frame": 0, "slot": .integer(pon.slot), "port": .integer(pon.port),
                    "tag": .text(access.tag(of: pon)), "onus": .integer(pon.lines.count),
                    "online": .integer(online), "offline": .integer(pon.lines.count - online),
                ] as Value)
        }
        return json(.list(rows))
    }

    /// What an OLT says of the ONUs on one of its ports; slots and ports may be written `05`.
    func onuStatus() -> Reply {
        guard let olt = olt(), Int(self["frame"]) == 0,
            let pon = access.pons.first(where: {
                $0.node == olt && $0.slot == Int(self["slot"]) && $0.port == Int(self["port"])
            })
        else { return notFound() }
        guard view.nodeDownSince(olt) == nil else {
            return detail(504, "\(access.name(ofNode: olt)) does not answer.")
        }
        return json(.list(pon.lines.map { onu(access.lines[$0]) }))
    }

    private func onu(_ line: Line) -> Value {
        let state = view.state(of: line)
        let light = view.life.light(of: line, at: view.tick)
        let host = host(of: state)
        func level(_ hundredths: Int) -> Value { state.isUp ? .float(hundredths: hundredths) : .null }
        return [
            "onu_id": .integer(line.position), "type": .text(line.model.name), "sn": .text(line.serial),
            "desc": .text(line.name), "status": .text(state.isUp ? "online" : "offline"),
            "registration_state": .text(state.isNew ? "offline" : host.registrationState),
            "last_up_time": time(tick: state.isUp ? state.since : state.started),
            "last_down_time": state.isUp ? .null : time(tick: state.since), "dnrx": level(light.received),
            "uptx": level(light.sent),
        ]
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
