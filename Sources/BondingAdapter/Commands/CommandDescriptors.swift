internal import AdapterKit
internal import Domain

extension CommandDescriptor {
    /// Everything that can be done at a server of API v3.
    static let bonding: [CommandDescriptor] =
        [
            restartBond, restorePrimary, detectMTU, renewDHCP, legMode, testLeg, testBond, tuneBond, tuneLeg,
            createISOs,
        ] + TuningAct.allCases.map(deciding) + BondPart.all.flatMap(onPart) + edits

    /// `POST bonds/X/restart/`.
    static let restartBond = CommandDescriptor(
        .restartBond, title: "Restart bond", targets: [.bond], tier: .hurts,
        effect:
            "The server removes the bond's firewall entries, routes and DHCP clients on bonder and aggregator, "
            + "and starts the bond again; the nodes themselves keep running.",
        guardWindow: 600, watch: Watch(every: 2, for: 60))

    /// `POST bonds/X/restore_to_primary_agg/`.
    static let restorePrimary = CommandDescriptor(
        .restorePrimary, title: "Restore to primary aggregator", targets: [.bond], tier: .touchesService,
        effect: "The bond moves back to its primary aggregator.",
        watch: Watch(every: 5, for: 60))

    /// `POST bonds/X/detect_leg_mtus/`, `POST bonds/X/legs/Y/detect_mtus/`.
    static let detectMTU = CommandDescriptor(
        .detectMTU, title: "Detect MTU", targets: [.bond, .leg], tier: .touchesService,
        effect: "The largest packet of the leg, or of all legs in use, is measured and set.")

    /// `POST bonds/X/dhcp_legs/Y/renew/`.
    static let renewDHCP = CommandDescriptor(
        .renewDHCP, title: "Renew DHCP", targets: [.leg], tier: .touchesService,
        effect: "The leg asks for its address again.",
        watch: Watch(every: 5, for: 30))

    /// `PATCH bonds/X/…_legs/Y/` with `link_mode`.
    static let legMode = CommandDescriptor(
        .legMode, title: "Leg link mode", targets: [.leg], tier: .touchesService,
        effect:
            "The leg is taken into use, set aside where it can still be tested, or not brought up at all.",
        form: [FormField("mode", "Mode", .choice(["", "active", "idle", "offline"]))],
        watch: Watch(every: 5, for: 60))

    /// `POST bonds/X/speedtests/` for one leg.
    static let testLeg = CommandDescriptor(
        .testLeg, title: "Speed test of a leg", targets: [.leg], tier: .touchesService,
        effect: "The server sends as much through the leg as it takes, and keeps the result.",
        form: testForm, bulk: true)

    /// `POST bonds/X/speedtests/` for the whole bond.
    static let testBond = CommandDescriptor(
        .testBond, title: "Speed test of a bond", targets: [.bond], tier: .hurts,
        effect: "The server sends as much through all legs as they take, and keeps the result.",
        form: testForm, bulk: false)

    private static let testForm = [
        FormField("direction", "Direction", .choice(["both", "download", "upload"])),
        FormField("protocol", "Protocol", .choice(["", "tcp", "udp"])),
        FormField("length", "Seconds, 10 when empty", .line(required: false)),
    ]

    /// `POST bonds/X/tuners/`.
    static let tuneBond = CommandDescriptor(
        "tune-bond", title: "Tune a bond", targets: [.bond], tier: .touchesService,
        effect: "The server measures the legs and looks for better settings.")

    /// `POST bonds/X/legs/Y/tuners/`.
    static let tuneLeg = CommandDescriptor(
        "tune-leg", title: "Tune a leg", targets: [.leg], tier: .touchesService,
        effect: "The server measures the leg and looks for its best speeds.")

    /// `POST system/tasks/createisos/`.
    static let createISOs = CommandDescriptor(
        "create-isos", title: "Make provisioning ISOs", targets: [.system], tier: .touchesService,
        effect: "The server queues the task of making the ISOs again that nodes are set up with.", bulk: false
    )

    /// `POST …/tuners/Z/accept/`, `decline/`, `cancel/`.
    private static func deciding(_ act: TuningAct) -> CommandDescriptor {
        let effect =
            switch act {
            case .accept: "The server sets what the tuning recommends."
            case .decline: "What the tuning recommends is dropped."
            case .cancel: "The tuning ends without a result."
            }
        return CommandDescriptor(
            CommandKind(rawValue: "\(act.rawValue)-tuning"),
            title: "\(act.rawValue.capitalizedWord) a tuning",
            targets: [.tuning], tier: .touchesService, effect: effect)
    }

    /// Switching, making, changing and deleting of addresses and routes.
    private static func onPart(_ part: BondPart) -> [CommandDescriptor] {
        func command(
            _ verb: String, _ targets: Set<ResourceKind>, _ tier: Tier, _ effect: String,
            form: [FormField] = [], bulk: Bool = true, opensFilled: Bool = false
        ) -> CommandDescriptor {
            CommandDescriptor(
                CommandKind(rawValue: "\(verb)-\(part.kind)"),
                title: "\(verb.capitalizedWord) a \(part.title)",
                targets: targets, tier: tier, effect: effect, form: form, bulk: bulk, opensFilled: opensFilled
            )
        }
        let adding = part.record.questions + [FormField(.rest, "As it was", .carried)]
        return [
            command("enable", [part.kind], .touchesService, "The \(part.title) is used again."),
            command("disable", [part.kind], .touchesService, part.loss),
            command(
                "add", [.bond], .touchesService, "The bond gets one more \(part.title).", form: adding,
                bulk: false),
            command(
                "edit", [part.kind], .touchesService, "The \(part.title) is changed at its nodes.",
                form: part.record.changes, bulk: false, opensFilled: true),
            command("delete", [part.kind], .hurts, "The \(part.title) is gone. \(part.loss)"),
        ]
    }

    private static let edits: [CommandDescriptor] = [
        CommandDescriptor(
            "edit-bond", title: "Edit a bond", targets: [.bond], tier: .touchesService,
            effect: "The server writes the fields that differ.", form: EditableRecord.bond.changes,
            bulk: false,
            opensFilled: true),
        CommandDescriptor(
            "edit-leg", title: "Edit a leg", targets: [.leg], tier: .touchesService,
            effect: "The server writes the fields that differ; speeds decide how traffic is shared out.",
            form: EditableRecord.leg.changes, bulk: false, opensFilled: true),
        CommandDescriptor(
            "edit-space", title: "Edit a space", targets: [.customer], tier: .touchesService,
            effect: "The server writes the fields that differ.", form: EditableRecord.space.changes,
            bulk: false,
            opensFilled: true),
    ]
}
