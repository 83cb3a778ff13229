internal import Domain

/// PONs on which many ONTs are down together: one cause, not sixty.
struct Outage: Sendable {
    /// The PON's tag.
    let pon: String
    /// The OLT.
    let olt: String?
    /// The names of the ONTs that are down.
    let down: [String]
    /// How many ONTs the PON has.
    let known: Int
    /// Since when half of its ONTs are down.
    let since: Timestamp?
    /// Whether somebody took each of them.
    let isAcknowledged: Bool

    /// As many must be down, and half of the PON: two dark houses are no cut.
    static let least = 4

    /// The alert's own id; no host has a colon in its name.
    static func id(_ pon: String) -> String { "pon:\(pon)" }

    /// `PON OLT02-0/3/9: 61 of 64 ONTs down`.
    var words: String { "PON \(pon): \(down.count) of \(known) ONTs down" }

    /// The PONs that are down as a whole.
    ///
    /// - Parameter size: how many ONTs a PON has; nil where that is not known, and then nothing is claimed.
    static func all(in watch: Watch, size: (String) -> Int?) -> [Outage] {
        var down: [String: [Watched]] = [:]
        for host in watch.hosts.values where host.isDown && host.isCPE {
            if let pon = host.registration.pon { down[pon, default: []].append(host) }
        }
        return down.compactMap { pon, hosts in
            guard hosts.count >= least, let known = size(pon), hosts.count * 2 >= known else { return nil }
            let times = hosts.compactMap(\.since).sorted()
            let half = min(max((known + 1) / 2 - 1, 0), times.count - 1)
            return Outage(
                pon: pon, olt: hosts.lazy.compactMap(\.registration.host).first,
                down: hosts.map(\.name).sorted(), known: max(known, hosts.count),
                since: half >= 0 ? times[half] : nil,
                isAcknowledged: hosts.allSatisfy { $0.alertState == .acknowledged })
        }.sorted { $0.pon < $1.pon }
    }
}

extension Watch {
    /// How many ONTs each PON has, once all hosts were read.
    var ponSizes: [String: Int] {
        guard wholeAt != nil else { return sizes }
        var counts: [String: Int] = [:]
        for host in hosts.values where host.isCPE {
            if let pon = host.registration.pon { counts[pon, default: 0] += 1 }
        }
        return counts
    }

    /// PONs with enough ONTs down to be looked at, whose size nobody knows.
    var suspects: [String] {
        let sizes = ponSizes
        var down: [String: Int] = [:]
        for host in hosts.values where host.isDown && host.isCPE {
            if let pon = host.registration.pon { down[pon, default: 0] += 1 }
        }
        return down.filter { $0.value >= Outage.least && sizes[$0.key] == nil }.keys.sorted()
    }
}
