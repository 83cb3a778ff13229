extension BondingRoutes {
    private static let all = ["GET", "PUT", "PATCH", "DELETE"]

    /// What stands below `/api/v3/`.
    static let core = [
        "nodes", "aggregators", "bonders", "qos", "bonds", "ipallocations", "mobileproviderprofiles", "users",
        "groups", "permissions", "spaces", "system", "settings",
    ]

    // MARK: Tests and tunings

    static let tests: [BondingEndpoint] =
        BondingEndpoint.ofBond(.speedTest, at: "speedtests", list: ["GET", "POST"], object: ["GET"])
        + tunings("bonds/{bond}/tuners/", .bondTuning)
        + tunings("bonds/{bond}/legs/{leg}/tuners/", .legTuning)

    private static func tunings(_ path: String, _ resource: BondingResource) -> [BondingEndpoint] {
        [
            BondingEndpoint(
                BondingLinks.root + path, "\(resource.name) List", .bonds, resource,
                [("GET", { $0.listTunings() }), ("POST", { $0.startTuning() })]),
            .reading(path + "{id}/", "\(resource.name) Instance", .bonds) { $0.getTuning() },
            .action(path + "{id}/cancel/", "\(resource.name) Cancel") { $0.cancelTuning() },
            .action(path + "{id}/accept/", "\(resource.name) Accept") { $0.decide("accepted") },
            .action(path + "{id}/decline/", "\(resource.name) Decline") { $0.decide("declined") },
        ]
    }

    // MARK: What bonds refer to, and people

    static let profiles: [BondingEndpoint] =
        BondingEndpoint.collection(.qos, .context, list: ["GET"], object: all)
        + [
            .reading("qos/{id}/bonds/", "Qos Bonds", .context) {
                $0.bonds(of: .qos) { bond, id, _ in bond.number("qos_profile") == id }
            }
        ]
        + BondingEndpoint.collection(.mobileProfile, .context, list: ["GET", "POST"], object: all)
        + BondingEndpoint.collection(.allocation, .network, list: ["GET", "POST"], object: all)
        + BondingEndpoint.pair(
            .assignment, .network, BondingLinks.root + "ipallocations/{allocation}/assigned_routing_groups/",
            ["GET", "POST"], ["GET", "DELETE"], owner: { $0.find(.allocation, "allocation")?.id },
            all: { call in
                call.find(.allocation, "allocation").map { call.view.book[.assignment].all(of: $0.id) }
            },
            find: { call in
                call.find(.assignment, "id").flatMap { $0.owner == call["allocation"] ? $0 : nil }
            })

    static let people: [BondingEndpoint] =
        BondingEndpoint.collection(.user, .people, list: ["GET", "POST"], object: all)
        + BondingEndpoint.collection(.group, .people, list: ["GET", "POST"], object: all)
        + [.reading("permissions/", "Permission List", .people) { $0.permissions() }]

    // MARK: Spaces

    static let spaces: [BondingEndpoint] =
        BondingEndpoint.collection(.space, .context, list: ["GET", "POST"], object: all)
        + BondingStatistics.all.map { statistic in
            .reading("spaces/{id}/statistics/\(statistic.name)/", "Space Statistics", .context) {
                $0.statistics(statistic)
            }
        }
        + [
            .reading("spaces/{id}/statistics/", "Space Statistics List", .context) { call in
                guard call.find(.space, "id") != nil else { return call.notFound }
                return call.root(BondingStatistics.all.map(\.name))
            }
        ]
        + allocations("ip_allocations", isDelegated: false)
        + allocations("delegated_ip_allocations", isDelegated: true)

    /// The allocations that a space owns, or those that spaces above it own.
    private static func allocations(_ name: String, isDelegated: Bool) -> [BondingEndpoint] {
        @Sendable func own(_ call: BondingCall) -> [BondBook.Record]? {
            guard let space = call.find(.space, "space") else { return nil }
            let spaces = isDelegated ? call.view.book.spaces(above: space.id) : [space.id]
            return call.view.book[.allocation].all.filter { spaces.contains($0.number("space") ?? 0) }
        }
        return BondingEndpoint.pair(
            .allocation, .network, BondingLinks.root + "spaces/{space}/\(name)/", ["GET", "POST"],
            isDelegated ? ["GET"] : all,
            owner: { $0.find(.space, "space").map { _ in 0 } }, all: own,
            find: { call in own(call)?.first { $0.id == call["id"] } },
            preset: { call in
                guard !isDelegated, let space = call["space"] else { return [:] }
                return ["space": .number(String(space))]
            })
    }

    // MARK: The system

    private static let settings: BondingEndpoint = {
        var settings = BondingEndpoint(
            BondingLinks.root + "settings/", "Settings", .system, nil,
            [
                ("GET", { $0.getSettings() }), ("PUT", { $0.changeSettings() }),
                ("PATCH", { $0.changeSettings() }),
            ])
        let types = ["int": "integer", "bool": "boolean", "str": "string", "list": "list"]
        settings.fields = .object(
            BondSettings.all.map { setting in
                let words = setting.name.split(separator: "_").joined(separator: " ")
                return .init(
                    setting.name,
                    [
                        "type": .text(types[BondingField.type(of: setting.value)] ?? "field"),
                        "required": .flag(true),
                        "read_only": .flag(false),
                        "label": .text(words.prefix(1).uppercased() + words.dropFirst()),
                    ])
            })
        return settings
    }()

    static let system: [BondingEndpoint] =
        [
            .reading("system/", "System", .system) {
                $0.root(
                    ["status", "tasks", "versions", "timezones"] + ["mobilebroadbandproviderapns", "isos"])
            },
            .reading("system/status/", "System Status", .system) { call in
                call.root(BondingSystem.statuses.map(\.name))
            },
            .reading("system/status/backups/latest-backup/", "Latest Backup", .system) { $0.latestBackup() },
            .reading("system/tasks/", "System Tasks", .system) { $0.root(["createisos"]) },
            .action("system/tasks/createisos/", "Create Isos", .system) { $0.createISOs() },
            .reading("system/versions/", "Versions", .system) { $0.versions() },
            .reading("system/timezones/", "Time Zones", .system) { call in
                call.page(BondingSystem.timeZones) { .list($0.map(Value.text)) }
            },
            .reading("system/mobilebroadbandproviderapns/", "Mobile Provider Apns", .system) {
                $0.mobileAPNs()
            },
            .reading("system/isos/", "Isos", .system) { $0.isos() },
            settings,
            .reading("self/", "Self", .bonds) { $0.branding() },
        ]
        + BondingSystem.statuses.map { status in
            .reading("system/status/\(status.name)/", "System Status", .system, status.answer)
        }
}

extension BondBook {
    /// The spaces above one.
    func spaces(above id: Int) -> Set<Int> {
        var found: Set<Int> = []
        var space = self[.space][id]
        while let parent = space?.number("parent"), found.insert(parent).inserted {
            space = self[.space][parent]
        }
        return found
    }
}
