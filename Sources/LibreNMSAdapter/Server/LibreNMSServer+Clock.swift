internal import Domain
internal import HTTP
internal import JSON

/// The API gives local times and never says of which zone; a device's ports have the same moment as Unix
/// seconds, so the two are compared.
extension LibreNMSServer {
    /// Learns the server's zone from a device with an alert, unless it is configured or known.
    func learnClock(_ dialect: Dialect) async {
        guard withMemory({ $0.clock?.isCertain != true }) else { return }
        guard let alerts = try? await rows("alerts", Path.alerts, query: [("state", "1")]) else { return }
        var tried: Set<String> = []
        for alert in alerts.array {
            guard tried.count < 3 else { return }
            guard let device = alert["device_id"]?.text, tried.insert(device).inserted else { continue }
            if let offset = await offset(device, dialect) {
                withMemory { $0.clock = ServerClock(offset: offset, isCertain: true) }
                return
            }
        }
    }

    private func offset(_ device: DeviceID, _ dialect: Dialect) async -> Int? {
        let found =
            dialect.findsDevices
            ? try? await rows(
                "devices", Path.devices, query: [("type", "device_id"), ("query", device)])
            : try? await rows("devices", Path.device, ["id": device])
        let row = found?.array.first { $0["device_id"]?.text == device }
        guard let polled = row?["last_polled"]?.string,
            let ports = try? await rows(
                "ports", Path.devicePorts, ["id": device], query: [("columns", "poll_time")])
        else { return nil }
        let newest = ports.array.compactMap { $0["poll_time"]?.int64 }.max()
        return newest.flatMap { Self.offset(local: polled, unix: $0) }
    }

    /// The zone in which a local time is near a moment.
    ///
    /// - Returns: nil when they are further apart than a poll may take, since then they are not the same poll.
    static func offset(local: String, unix: Int64) -> Int? {
        let utc = ServerClock(offset: 0, isCertain: true)
        guard unix > 0, let local = CivilTime.parse(local, clock: utc)?.seconds else { return nil }
        let difference = local - unix
        let quarter: Int64 = 900
        let steps = (Double(difference) / Double(quarter)).rounded()
        guard abs(steps) <= 56, abs(difference - Int64(steps) * quarter) <= 330 else { return nil }
        return Int(steps) * Int(quarter)
    }
}
