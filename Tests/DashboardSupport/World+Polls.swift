import Canvas
import Dashboard
import Domain

extension Desk {
    /// A desk on which `core` says how often it polls, and everything is fine.
    static func polled(
        _ polls: [(String, Int64)], size: Size = Size(160, 40), screen: (any ScreenProfile)? = nil,
        isCertain: Bool = true, alarms: [AlarmRule] = []
    ) -> Desk {
        var desk = Desk(World.state(size: size, screen: screen, alarms: alarms))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        let info = ServerInfo(product: "LibreNMS 26.7", clock: ServerClock(offset: 0, isCertain: isCertain))
        let resources = [Offer.alert, World.polledDevice, Offer.port]
        desk.send(.probed(World.core, .success(Probe(info: info, resources: resources, commands: []))))
        desk.calm()
        desk.readPolls(polls)
        return desk
    }

    /// The devices of `core` are read: a status each, and seconds since its server looked.
    mutating func readPolls(_ polls: [(String, Int64)]) {
        read(World.core, .device, World.polledDevices(polls, now: state.wall))
    }
}

extension World {
    /// Devices of which the server says that it polls them every five minutes.
    static let polledDevice = ResourceDescriptor(
        .device, plural: "devices", pane: .devices, fields: Offer.device.fields, interval: 120,
        feedsCounts: true,
        order: [SortKey(.name)], pollInterval: 300)

    static func polledDevices(_ polls: [(String, Int64)], now: Timestamp = wall) -> Table {
        var builder = TableBuilder(polledDevice, core)
        for (number, poll) in polls.enumerated() {
            builder.begin(device(core, Int64(number + 1)))
            builder.set(0, text: poll.0)
            builder.set(1, text: "router-\(number + 1)")
            builder.set(5, text: "mad1")
            builder.set(7, time: Timestamp(now.seconds - poll.1))
        }
        return builder.finish()
    }

    /// Four pollers of which one died six hours ago.
    static let deadPoller: [(String, Int64)] =
        (0..<3).map { _ in ("up", 21_700) } + (0..<9).map { _ in ("up", 100) } + [("disabled", 90_000)]
    static let livePollers: [(String, Int64)] = (0..<12).map { _ in ("up", 100) } + [("disabled", 90_000)]
}
