internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// The API gives local times and never says of which zone; a device's ports have the same moment as Unix
/// seconds, so the two are compared.
///
/// A server that hangs there has alerts all the same, so nothing waits for it longer than a moment.
extension LibreNMSServer {
    /// The most seconds that anything waits for the clock.
    static let clockPatience = 2.5
    /// Seconds after which a list tries again.
    private static let clockRetry: Int64 = 60
    /// Seconds for which what devices say of it serves others: not longer than between two polls.
    private static let clockLasts = 240.0

    /// Whether the zone is neither configured nor known, and was not looked for lately.
    var needsClock: Bool {
        let now = settings.now().seconds
        return withMemory { memory in
            memory.clock?.isCertain != true
                && memory.clockTriedAt.map { now < $0.seconds || now - $0.seconds >= Self.clockRetry } ?? true
        }
    }

    /// Learns the server's zone from devices with alerts, unless it is configured or known.
    func learnClock(_ dialect: Dialect) async {
        guard withMemory({ $0.clock?.isCertain != true }) else { return }
        await within(Self.clockPatience) {
            guard let alerts = try? await self.rows("alerts", Path.alerts, query: [("state", "1")]) else {
                return
            }
            await self.learnClock(from: alerts.array.lazy.compactMap { $0["device_id"]?.text }, dialect)
        }
    }

    /// Learns the server's zone from alerts that were just read.
    func learnClock(from alerts: [WireAlert], _ dialect: Dialect) async {
        let devices = alerts.compactMap(\.device)
        await tryClock { await self.learnClock(from: devices, dialect) }
    }

    /// Learns the server's zone from the devices that were polled last.
    func learnClock(fromPolled devices: JSONArray, _ dialect: Dialect) async {
        await tryClock {
            await self.learnClock(from: Self.polled(devices), dialect)
            guard self.withMemory({ $0.clock?.isCertain != true }), dialect.offers("list_poller_log") else {
                return
            }
            await self.learnClock(fromLogFor: devices)
        }
    }

    /// A zone lasts: what others of a team have asked for it serves this process too.
    private func tryClock(_ work: @escaping @Sendable () async -> Void) async {
        withMemory { [now = settings.now()] in $0.clockTriedAt = now }
        _ = await Sharing.lasting(Self.clockLasts) { await within(Self.clockPatience, work) }
    }

    /// The devices that were polled last, the newest first.
    private static func polled(_ devices: JSONArray) -> [DeviceID] {
        let polled = devices.compactMap { row -> (time: String, id: DeviceID)? in
            guard let time = row["last_polled"]?.string, let id = row["device_id"]?.text else { return nil }
            return (time, id)
        }
        return polled.sorted { $0.time > $1.time }.map(\.id)
    }

    /// Gives work so many seconds; then it is cancelled.
    func within(_ seconds: Double, _ work: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await work() }
            group.addTask { [settings] in
                do throws(CancellationError) { try await settings.pause(seconds) } catch {}
            }
            await group.next()
            group.cancelAll()
        }
    }

    /// Two devices must agree, where there are two: one alone may have ports that nobody polls any more.
    private func learnClock(from devices: some Sequence<DeviceID>, _ dialect: Dialect) async {
        var tried: Set<DeviceID> = []
        var votes: [Int: Int] = [:]
        for device in devices where tried.insert(device).inserted {
            if let offset = await offset(device, dialect) { votes[offset, default: 0] += 1 }
            if tried.count == 4 || votes.values.contains(2) { break }
        }
        guard let best = votes.max(by: { $0.value < $1.value }), votes.count == 1 || best.value > 1 else {
            return
        }
        withMemory { $0.clock = ServerClock(offset: best.key, isCertain: true) }
    }

    /// Learns the server's zone from its log of polls, which has in UTC the moments that the list has without a zone.
    ///
    /// Only the same poll is as far apart as a zone, to the second; more than half of those must agree.
    private func learnClock(fromLogFor devices: JSONArray) async {
        guard let log = try? await rows("log", Path.pollerLog) else { return }
        let utc = ServerClock(offset: 0, isCertain: true)
        var moments: [String: Int64] = [:]
        for row in log.array {
            guard let host = row["hostname"]?.text, let text = row["last_polled"]?.text, text.hasSuffix("Z")
            else { continue }
            moments[host] = CivilTime.parse(text, clock: utc)?.seconds
        }
        var votes: [Int64: Int] = [:]
        for row in devices {
            guard let moment = row["hostname"]?.text.flatMap({ moments[$0] }),
                let local = row["last_polled"]?.text.flatMap({ CivilTime.parse($0, clock: utc) })
            else { continue }
            let difference = local.seconds &- moment
            guard difference % 900 == 0, abs(difference) <= 14 * 3600 else { continue }
            votes[difference, default: 0] += 1
        }
        guard let best = votes.max(by: { $0.value < $1.value }), best.value > 1,
            best.value * 2 > votes.values.reduce(0, +)
        else { return }
        withMemory { $0.clock = ServerClock(offset: Int(best.key), isCertain: true) }
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

    /// The zone in which a device's poll ended soon after that of its ports began.
    ///
    /// - Returns: nil when they are further apart than a poll may take, since then they are not the same poll.
    static func offset(local: String, unix: Int64) -> Int? {
        let utc = ServerClock(offset: 0, isCertain: true)
        guard unix > 0, let local = CivilTime.parse(local, clock: utc)?.seconds else { return nil }
        let quarter: Int64 = 900
        let difference = local - unix
        // The nearest quarter of an hour that leaves a poll of a few minutes, or a clock some seconds off.
        let steps = Int64((Double(difference - 160) / Double(quarter)).rounded())
        let lasted = difference - steps * quarter
        guard abs(steps) <= 56, (-10...330).contains(lasted) else { return nil }
        return Int(steps * quarter)
    }
}
