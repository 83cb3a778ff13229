internal import AdapterKit
internal import Domain

/// What was asked of a service must leave its host as it was: a server may have taken the one for the other.
extension KrillServer {
    /// The evidence of an action on a service, with what its host says now.
    func withHost(
        _ host: Watched?, _ action: MonitoringAction, _ step: Plan.Step?, _ evidence: Evidence
    ) -> Evidence {
        guard let host, let step else { return evidence }
        let operation: String
        switch action {
        case .acknowledge where step.before[.hostWasAcknowledged] == .flag(false) && host.isAcknowledged:
            operation = "acknowledged"
        case .downtime where step.before[.hostWasInDowntime] == .flag(false) && host.isInDowntime:
            operation = "in downtime"
        default: return evidence
        }
        let words = "its host \(host.host) is \(operation) now, which was not asked for"
        switch evidence {
        // What is seen at the service may come from its host's.
        case .done(let own): return .ended(.accepted, "\(own); \(words)")
        case .not(let own): return .not("\(own); \(words)")
        case .pending(let own): return .pending("\(own); \(words)")
        case .unseen(let own): return .unseen("\(own); \(words)")
        case .ended, .unreadable: return evidence
        }
    }

    /// How the host of a service was before an action on the service.
    static func hostBefore(_ host: Watched?) -> [FieldKey: Value] {
        guard let host else { return [:] }
        return [
            .hostWasAcknowledged: .flag(host.isAcknowledged), .hostWasInDowntime: .flag(host.isInDowntime),
        ]
    }
}

extension FieldKey {
    fileprivate static let hostWasAcknowledged: FieldKey = "host_was_acknowledged"
    fileprivate static let hostWasInDowntime: FieldKey = "host_was_in_downtime"
}
