/// Tunings of bonds and legs: started, followed, and then accepted or declined.
extension BondingCall {
    /// The tuning of the path: of a leg only below that leg, of the bond only below the bond.
    private var tuning: BondBook.Record? {
        guard let record = part(.tuner, "id") else { return nil }
        return record.number("leg") == self["leg"] ? record : nil
    }

    private var tuningResource: BondingResource { self["leg"] == nil ? .bondTuning : .legTuning }

    /// Whether the path names a leg that is not there.
    private var hasLeg: Bool { self["leg"] == nil || part(.leg, "leg") != nil }

    func listTunings() -> Reply {
        guard let bond, hasLeg else { return notFound }
        let own = view.book[.tuner].all(of: bond.id).filter { $0.number("leg") == self["leg"] }
        return list(tuningResource, own)
    }

    func getTuning() -> Reply {
        guard let tuning, hasLeg else { return notFound }
        return json(200, tuningResource.object(row(.tuner, tuning)))
    }

    /// Makes a tuning and puts it behind the others of the bond.
    func startTuning() -> Reply {
        guard let bond, hasLeg else { return notFound }
        let leg = self["leg"]
        var fields: [String: Input] = ["leg": leg.map { .number(String($0)) } ?? .null, "decision": .null]
        let draft = BondingResource.Draft(fields: fields, given: [], old: nil, owner: bond.id, view: view)
        let legs = view.book[.leg].all(of: bond.id).filter { $0.id == leg ?? $0.id }
        let complaints = legs.map { BondingResource.complaints(about: $0.id, draft) }
        // A leg must be fit; of a bond at least one.
        guard complaints.contains(nil) else {
            return refused(complaints.compactMap { $0 }.first ?? "The bond has no legs.")
        }
        for leg in legs {
            for field in ["up_speed", "down_speed"] { fields["\(field)_\(leg.id)"] = leg.fields[field] }
        }
        let (tick, made) = (view.tick, fields)
        let record = view.world.world.changeBonds { $0.insert(.tuner, owner: bond.id, at: tick, made) }
        return show(tuningResource, record.id, status: 201)
    }

    /// Only what has not yet finished can be cancelled.
    func cancelTuning() -> Reply {
        guard let tuning, hasLeg, let test = row(.tuner, tuning).test else { return notFound }
        guard !view.progress(of: test).isOver else {
            return Self.detail(400, "This tuning has already finished.")
        }
        let tick = view.tick
        view.world.world.changeBonds {
            $0.write(.tuner, tuning.id, ["cancelled_at": .number(String(tick))], at: tick)
        }
        return show(tuningResource, tuning.id, status: 200)
    }

    /// Only what has finished with recommendations nobody has decided on can be accepted or declined.
    func decide(_ decision: String) -> Reply {
        guard let tuning, hasLeg, let test = row(.tuner, tuning).test else { return notFound }
        guard view.progress(of: test) == .finished else {
            return Self.detail(400, "This tuning has not finished successfully.")
        }
        let advice = row(.tuner, tuning).recommendations
        guard !advice.isEmpty else { return Self.detail(400, "This tuning has no recommendations.") }
        guard tuning.fields["decision"]?.text == nil else {
            return Self.detail(400, "The recommendations have already been accepted or declined.")
        }
        let tick = view.tick
        view.world.world.changeBonds { book in
            book.write(.tuner, tuning.id, ["decision": .text(decision)], at: tick)
            guard decision == "accepted" else { return }
            for item in advice {
                book.write(item.kind, item.id, [item.field: item.value], at: tick)
                if let changed = book[item.kind][item.id] {
                    book.queueUpdate(for: changed, item.kind, at: tick)
                }
            }
        }
        return show(tuningResource, tuning.id, status: 200)
    }
}
