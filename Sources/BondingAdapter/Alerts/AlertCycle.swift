internal import AdapterKit
internal import Domain

/// The lists that troubles are told from, and what is missing of them.
struct AlertCycle {
    /// Of this cycle, maybe not all of them.
    var bonds: BondList
    /// Nil where they can't be read.
    var nodes: [WireNode]?
    /// Nil where the server has none, or they can't be read.
    var updates: ConfigUpdates?
    /// Whether it is known how configuration updates fare.
    var knowsUpdates = false
    /// Bonds whose legs nobody has read yet.
    var unseen: Set<String> = []
    /// What is missing, in words; nil when nothing is.
    private(set) var gap: String?

    init(_ bonds: BondList) {
        self.bonds = bonds
        gap = bonds.gap
    }

    /// Whether all troubles that there are can be told.
    var completeness: Completeness { gap.map { .partial($0) } ?? .complete }

    /// Notes that something is missing; the first of several is told.
    mutating func miss(_ words: String) { gap = gap ?? words }

    /// Whether this cycle says nothing of what a trouble is told from, so that it may hold still.
    func isSilent(about trouble: Trouble) -> Bool {
        switch trouble.about.kind {
        case .aggregator: return nodes == nil
        case .system: return !knowsUpdates
        default:
            guard let bond = bonds.bonds.first(where: { $0.id == trouble.about.id }) else {
                return bonds.gap != nil
            }
            // Where a bond is may be missing of it although its legs are known.
            return trouble.isFailover
                ? bonds.gap != nil && bond.isFailedOver == nil : unseen.contains(bond.id)
        }
    }
}

extension BondingServer {
    /// Reads the lists of this cycle; what the account may not see is missing like anything else.
    func readAlertCycle() async throws(BackendError) -> AlertCycle {
        let list = try await bonds(for: .alert)
        var cycle = AlertCycle(list)
        do throws(BackendError) {
            cycle.nodes = try await aggregators(for: .alert)
        } catch {
            if error.kind == .cancelled { throw error }
            cycle.miss("whether aggregators are well is not known: \(error.words)")
        }
        do throws(BackendError) {
            cycle.updates = try await configUpdates()
            cycle.knowsUpdates = true
        } catch {
            if error.kind == .cancelled { throw error }
            // Older servers have no such counts.
            cycle.knowsUpdates = error.kind == .missing
            if error.kind != .missing {
                cycle.miss("whether configuration updates fail is not known: \(error.words)")
            }
        }
        if list.bonds.contains(where: { $0.legs == nil }) {
            let unseen = withMemory { memory in list.bonds.filter { memory.legs(of: $0) == nil }.map(\.id) }
            cycle.unseen = Set(unseen)
            if !unseen.isEmpty {
                cycle.miss("the legs of \(Quantity.count(unseen.count)) bonds are not known")
            }
        }
        return cycle
    }
}
