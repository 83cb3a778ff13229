/// A change on its way to a node: delivered in order, tried again and again until it arrives.
struct ConfigurationUpdate: Sendable {
    let node: Int
    let queuedAt: Int
    /// How often it has been tried in vain.
    let failures: Int
}

extension BondView {
    /// From this tick on one bonder refuses every update.
    static let stuckSince = 300
    private static let deliveryTime = 8
    private static let retryInterval = 60

    /// The bonder that refuses its updates, until it is deleted.
    var stuckBonder: Int? {
        let bonders = book[.bonder].ids
        return bonders.isEmpty ? nil : bonders[bonders.count / 2]
    }

    /// What has not arrived yet: one that can't be delivered holds up all behind it.
    var pendingUpdates: [ConfigurationUpdate] {
        var pending: [ConfigurationUpdate] = []
        if let stuckBonder, tick >= Self.stuckSince {
            pending.append(update(stuckBonder, Self.stuckSince, since: Self.stuckSince))
        }
        for (node, ticks) in book.operations.updates.sorted(by: { $0.key < $1.key }) {
            let isStuck = node == stuckBonder && tick >= Self.stuckSince
            let isReachable = book[.bonder][node].map(isBonderReachable) ?? !isFailed(node)
            for queued in ticks where isStuck || !isReachable || tick < queued + Self.deliveryTime {
                // Those behind the first are not tried at all.
                let isFirst = !isStuck && !pending.contains { $0.node == node }
                pending.append(update(node, queued, since: isFirst && !isReachable ? queued : nil))
            }
        }
        // The server itself changes something now and then, such as a lease.
        let minute = floorDivide(tick, by: 20)
        for number in 0..<noise.pick(0...3, .update, minute) where !book[.bonder].ids.isEmpty {
            let node = noise.pick(book[.bonder].ids, .update, minute, number + 1)
            if node != stuckBonder { pending.append(update(node, minute * 20, since: nil)) }
        }
        return pending
    }

    private func update(_ node: Int, _ queued: Int, since first: Int?) -> ConfigurationUpdate {
        ConfigurationUpdate(
            node: node, queuedAt: queued, failures: first.map { (tick - $0) / Self.retryInterval } ?? 0)
    }
}

extension BondingCall {
    /// `GET system/status/configupdates/`.
    func configurationUpdates() -> Reply {
        let pending = view.pendingUpdates
        let failing = pending.count { $0.failures > 0 }
        return json(
            200,
            [
                "count": .computed(pending.count),
                "failures": .computed(pending.reduce(0) { $0 + $1.failures }),
                "status": ["pending": .computed(pending.count - failing), "failed": .computed(failing)],
            ])
    }
}
