/// A line of the alert log: an alert entered a state.
struct LoggedAlert: Sendable {
    let id: Int
    let alert: Alert
    let state: AlertStory.State
    let tick: Int
    let view: WorldView

    var time: Int { view.time(tick) }

    static func lines(of alert: Alert, _ view: WorldView) -> [LoggedAlert] {
        let story = alert.story
        var entries: [(AlertStory.State, Int)] = [(story.isOpen ? .active : .cleared, story.since)]
        if story.isOpen, story.changedAt > story.since { entries.append((story.state, story.changedAt)) }
        return entries.map { state, tick in
            LoggedAlert(
                id: lineNumber(tick, alert.id), alert: alert, state: state, tick: tick, view: view)
        }
    }

    static let schema = Schema<LoggedAlert>([
        Column("hostname", in: .all) { .text($0.alert.device.hostname) },
        Column("sysName", in: .all) { .text(orNull: $0.alert.device.identity.name) },
        Column("id", in: .all) { .integer($0.id) },
        Column("rule_id", in: .all) { .integer($0.alert.ruleID) },
        Column("device_id", in: .all) { .integer($0.alert.device.id) },
        Column("state", in: .all) { .integer($0.state.rawValue) },
        Column("details", in: .all) { line in
            guard line.state != .cleared else { return .list([]) }
            return ["rule": .list(line.faults), "contacts": ["noc@example.net": "NOC"]]
        },
        Column("time_logged", in: .all) { .time($0.time) },
    ])
}

/// What matched a rule when an alert entered a state: whole rows of the database, as real servers keep them.
extension LoggedAlert {
    fileprivate var faults: [Value] {
        let own = device
        let index = (alert.id - alert.ruleID) / AlertRule.numbersPerDevice
        let rows: [[Value.Member]] =
            switch alert.rule?.trouble {
            case .portDown: ports(at: index) { view.life.isBroken($0, at: tick) }
            case .rush: ports(at: index) { view.life.isRushing($0, at: tick) }
            case .errors: ports(at: index) { view.life.errorRate(of: $0, at: tick) > 0 }
            case .sensor: sensors(at: index)
            case .peering: sessions(at: index)
            case .service:
                [
                    [
                        .init("service_id", .integer(index + 1)), .init("service_type", .text("http")),
                        .init("service_desc", .text("web front end")), .init("service_status", .integer(2)),
                        .init("service_message", .text("CRITICAL - Socket timeout")),
                    ]
                ]
            case .deviceDown, .rebooted, nil: []
            }
        return rows.isEmpty ? [.object(own)] : rows.map { .object(own + $0) }
    }

    /// The device's columns stand in every row, with what nobody should read.
    private var device: [Value.Member] {
        [
            .init("device_id", .integer(alert.device.id)), .init("hostname", .text(alert.device.hostname)),
            .init("sysName", .text(orNull: alert.device.identity.name)),
            .init("community", .text("n0c-c0mmunity")), .init("authpass", .text("auth-passw0rd")),
        ]
    }

    private func ports(at index: Int, _ isWrong: (Port) -> Bool) -> [[Value.Member]] {
        view.network.fragilePorts[index].map { view.network.ports[$0] }.filter(isWrong).map { port in
            [
                .init("port_id", .integer(port.id)), .init("ifName", .text(orNull: port.name)),
                .init("ifDescr", .text(orNull: port.description)),
                .init("ifAlias", .text(orNull: port.alias)),
                .init("ifOperStatus", .text(view.life.isBroken(port, at: tick) ? "down" : "up")),
            ]
        }
    }

    private func sensors(at index: Int) -> [[Value.Member]] {
        view.device(at: index).sensors.filter { $0.kind == .temperature }.map { sensor in
            [
                .init("sensor_id", .integer(sensor.id)), .init("sensor_class", .text(sensor.kind.rawValue)),
                .init("sensor_descr", .text(sensor.description)), .init("sensor_current", .hundredths(6_850)),
                .init("sensor_limit", .hundredths(6_500)),
            ]
        }
    }

    private func sessions(at index: Int) -> [[Value.Member]] {
        view.network.sessions.filter { session in
            session.device == index
                && Life.peering.episodes(of: session.id, near: tick, view.network.noise)
                    .contains { $0.covers(tick) }
        }.map { session in
            [
                .init("bgpPeer_id", .integer(session.id)),
                .init("bgpPeerIdentifier", .text(session.identifier)),
                .init("bgpPeerRemoteAs", .integer(session.remoteAS)),
                .init("bgpPeerState", .text("active")), .init("astext", .text(session.name)),
            ]
        }
    }
}
