package import Domain

extension Severity {
    /// The number in a store, which never changes whatever becomes of the order of cases here.
    package var stored: Int64 {
        switch self {
        case .unknown: 0
        case .ok: 1
        case .warning: 2
        case .critical: 3
        }
    }

    /// Reads a number of a store.
    package init(stored: Int64?) {
        switch stored {
        case 1: self = .ok
        case 2: self = .warning
        case 3: self = .critical
        default: self = .unknown
        }
    }
}
