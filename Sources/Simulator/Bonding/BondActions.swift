/// What is done with a bond or a leg.
extension BondingCall {
    /// What has been accepted and is not done yet, in words.
    private func accepted(_ words: String) -> Reply { Self.detail(202, words) }

    private func write(_ change: @Sendable (inout BondBook) -> Void) {
        view.world.world.changeBonds { change(&$0) }
    }

    /// `POST bonds/X/restart/`: the answer is empty, and comes before anything happens.
    func restart() -> Reply {
        guard let bond else { return notFound }
        let tick = view.tick
        write { $0.operations.restarts[bond.id, default: []].append(tick) }
        return Reply(status: 200, type: "application/json", [])
    }

    /// `POST bonds/X/restore_to_primary_agg/`.
    func restore() -> Reply {
        guard let bond else { return notFound }
        guard let primary = bond.number("aggregator"), !view.isFailed(primary) else {
            return Self.detail(400, "The primary aggregator of this bond is still failed.")
        }
        let tick = view.tick
        write { $0.operations.restores[bond.id, default: []].append(tick) }
        return accepted("The bond is being restored to its primary aggregator.")
    }

    /// `POST bonds/X/detect_leg_mtus/`: only the legs that are in use.
    func detectAllMTUs() -> Reply {
        guard let bond else { return notFound }
        measure(view.book[.leg].all(of: bond.id).filter { $0.text("link_mode") == "active" })
        return accepted("Path MTU detection has been queued.")
    }

    func detectMTU() -> Reply {
        guard let leg else { return notFound }
        measure([leg])
        return accepted("Path MTU detection has been queued.")
    }

    /// A leg that carries nothing can't be measured; what it had stays.
    private func measure(_ legs: [BondBook.Record]) {
        let (tick, view) = (view.tick, view)
        let found = legs.filter { view.state(of: $0, at: tick) != .down }.map { leg in
            let line = leg.text("type") == LegKind.pppoe.rawValue ? 1_492 : 1_500
            let tunnelled = view.noise.chance(150, .leg, leg.id, 31)
            return (leg.id, Input.number(String(tunnelled ? line - 40 : line)))
        }
        write { book in
            for (id, mtu) in found {
                book.operations.measures[id] = tick
                book.write(.leg, id, ["mtu": mtu], at: tick)
            }
        }
    }

    /// `POST bonds/X/dhcp_legs/Y/renew/`: the leg loses its address for a moment.
    func renew() -> Reply {
        guard let leg, leg.text("type") == LegKind.dhcp.rawValue else { return notFound }
        let tick = view.tick
        write { $0.operations.renewals[leg.id, default: []].append(tick) }
        return accepted("DHCP renewal has been queued.")
    }

    /// The leg of the path, in whichever collection it was asked for.
    var leg: BondBook.Record? {
        guard let leg = part(.leg, "id") else { return nil }
        let name = request.segments.dropFirst(4).first ?? ""
        return name == "legs" || name == leg.text("type") + "_legs" ? leg : nil
    }

    // MARK: What is told

    /// `GET …/state_history/`.
    func stateHistory() -> Reply {
        guard let leg else { return notFound }
        let stretches = view.history(of: leg)
        return json(
            200,
            .list(
                stretches.map { stretch in
                    [
                        "state": .text(stretch.state.rawValue),
                        "start": .time(view.world.time(stretch.start)),
                        "end": stretch.end.map { .time(view.world.time($0)) } ?? .null,
                    ]
                }))
    }

    /// `GET bonds/X/downtime_prevented/`.
    func downtimePrevented() -> Reply {
        guard let bond else { return notFound }
        return json(200, downtime(of: [bond]))
    }

    /// What the bonds' other legs caught in the last whole week and month.
    func downtime(of bonds: [BondBook.Record]) -> Value {
        let now = view.world.time(view.tick)
        let today = now - now % 86_400
        let monday = today - (Moment(today).weekday + 6) % 7 * 86_400
        let thisMonth = today - (Moment(today).day - 1) * 86_400
        let lastDay = thisMonth - 86_400
        let lastMonth = lastDay - (Moment(lastDay).day - 1) * 86_400
        func sum(_ start: Int, _ end: Int) -> Value {
            var (seconds, count) = (0, 0)
            for bond in bonds where view.book[.leg].all(of: bond.id).count > 1 {
                let days = (end - start) / 86_400
                let events = view.noise.pick(0...days / 3, .bondPower, bond.id, start)
                count += events
                seconds += events * view.noise.pick(40...2_400, .bondPower, bond.id, end)
            }
            return [
                "start": .time(start), "end": .time(end), "duration": .computed(seconds),
                "count": .computed(count),
            ]
        }
        return ["week": sum(monday - 7 * 86_400, monday), "month": sum(lastMonth, thisMonth)]
    }

    // MARK: Nodes

    /// The bonds that have to do with the object of the path.
    func bonds(
        of kind: BondBook.Kind, _ isOne: (BondBook.Record, _ id: Int, BondView) -> Bool
    ) -> Reply {
        guard let record = find(kind, "id") else { return notFound }
        return list(.bond, all(.bond).filter { isOne($0, record.id, view) })
    }

    func listNodes() -> Reply {
        let nodes =
            all(.aggregator).map { (BondBook.Kind.aggregator, $0) } + all(.bonder).map { (.bonder, $0) }
        return page(nodes) { part in
            .list(part.map { BondingResource.node($0.0).object(row($0.0, $0.1)) })
        }
    }

    func getNode() -> Reply {
        for kind in [BondBook.Kind.aggregator, .bonder] {
            if let record = find(kind, "id") {
                return json(200, BondingResource.node(kind).object(row(kind, record)))
            }
        }
        return notFound
    }

    /// A list of what is below a path.
    func root(_ names: [String]) -> Reply {
        json(
            200,
            .object(names.map { .init($0, .text("\(links.origin)\(request.path)\($0)/")) }))
    }
}
