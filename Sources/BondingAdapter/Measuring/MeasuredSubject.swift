internal import AdapterKit
internal import Domain

/// What a test or a tuning is about: a whole bond, or one leg of it.
struct MeasuredSubject {
    /// The bond's id.
    let bond: String
    let legs: [WireLeg]
    /// The leg; nil where it is about the whole bond.
    let leg: WireLeg?
    /// What the operator calls it.
    let name: String
}

extension BondingServer {
    /// What a command is about, as just read; nil where the server has no such bond or leg.
    func subject(_ target: EntityRef, isBond: Bool) async throws(BackendError) -> MeasuredSubject? {
        guard let owner = try await owner(of: target), let legs = try await legs(of: owner) else {
            return nil
        }
        let bond = withMemory { $0.name(ofBond: owner) }
        if isBond { return MeasuredSubject(bond: owner, legs: legs, leg: nil, name: bond) }
        guard let leg = legs.first(where: { $0.id == target.id }) else { return nil }
        return MeasuredSubject(bond: owner, legs: legs, leg: leg, name: "\(bond) \(leg.title)")
    }
}
