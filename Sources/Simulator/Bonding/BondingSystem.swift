/// What the management server tells of itself.
enum BondingSystem {
    static let version = "6.6.141"

    static let timeZones = [
        "Africa/Johannesburg", "America/New_York", "America/Vancouver", "Europe/Berlin", "Europe/Lisbon",
        "Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Zurich", "UTC",
    ]

    /// The paths below `system/status/`.
    static let statuses: [(name: String, answer: BondingEndpoint.Handler)] = [
        ("configupdates", { $0.configurationUpdates() }),
        ("downtime_prevented", { call in call.json(200, call.downtime(of: call.all(.bond))) }),
        (
            "bondingversion",
            { $0.json(200, ["version": .text(version), "package": "bonding"]) }
        ),
        (
            "repositories",
            { call in
                let versions = ["6.4.113", "6.5.92", "6.6.130", version]
                return call.page(versions) { part in
                    .list(
                        part.map {
                            ["version": .text($0), "current": .flag($0 == version)]
                        })
                }
            }
        ),
        ("tlsinfo", { $0.certificates() }),
        ("aggfailover", { $0.failoverChecks() }),
        ("backups", { $0.backups() }),
    ]
}

extension BondingCall {
    /// A certificate that is renewed at the last moment, and a request for the next one.
    func certificates() -> Reply {
        let now = view.world.world.origin
        let name = Value.text("ba.example.net")
        return json(
            200,
            [
                "certificate": [
                    "subject": name, "issuer": "Example Trust R3", "not_before": .time(now - 80 * 86_400),
                    "not_after": .time(now + 10 * 86_400), "self_signed": .flag(false),
                    "names": .list([name, .text("ba.internal.example.net")]),
                ],
                "csr": ["subject": name, "created": .time(now - 2 * 86_400)],
            ])
    }

    /// The checks of all aggregators since the server started, a day before the world.
    func failoverChecks() -> Reply {
        let aggregators = all(.aggregator)
        let age = view.tick + 86_400
        var missed = 0
        for aggregator in aggregators {
            for failure in view.life.failures(of: aggregator, since: -86_400, until: view.tick) {
                let end = min(failure.recovered, view.tick)
                missed += max(end - failure.episode.start, 0) / AggregatorFailure.checkInterval
            }
        }
        let total = aggregators.count * (age / AggregatorFailure.checkInterval)
        return json(
            200,
            ["success": .computed(total - missed), "failure": .computed(missed)])
    }

    private func backup(daysAgo days: Int) -> (name: String, at: Int) {
        let now = view.world.time(view.tick)
        let at = now - now % 86_400 + 7_200 - (now % 86_400 < 7_200 ? days + 1 : days) * 86_400
        return ("bonding-\(Moment(at).text.prefix(10)).zip", at)
    }

    func backups() -> Reply {
        let all = (0..<14).map(backup)
        return page(all) { part in
            .list(
                part.map { backup in
                    [
                        "name": .text(backup.name), "created": .time(backup.at),
                        "size": .computed(Self.archive(backup.at).count),
                    ]
                })
        }
    }

    /// An archive with a dump of the database in it, and what nobody should read.
    func latestBackup() -> Reply {
        let backup = backup(daysAgo: 0)
        var reply = Reply(type: "application/zip", Self.archive(backup.at))
        reply.headers.append(("Content-Disposition", "attachment; filename=\"\(backup.name)\""))
        return reply
    }

    private static func archive(_ moment: Int) -> [UInt8] {
        let rows = (1...800).map {
            "INSERT INTO bonds_bond VALUES (\($0 + moment % 7), 's3cret-key-\($0)');\n"
        }
        return Archive.zip("bonding.sql", Array(("-- PostgreSQL database dump\n" + rows.joined()).utf8))
    }

    func versions() -> Reply {
        json(
            200,
            [
                "bondingadmin": .text(BondingSystem.version), "api": "v3", "django": "2.2.28",
                "postgresql": "11.22", "os": "Debian 10",
            ])
    }

    func mobileAPNs() -> Reply {
        let known = [
            ("ES", "Example Mobile", "internet.example"), ("SE", "Nordcell", "m2m.nordcell.example"),
        ]
        return page(known) { part in
            .list(
                part.map { country, provider, apn in
                    [
                        "country": .text(country), "provider": .text(provider), "apn": .text(apn),
                        "username": "bond", "password": .text("apn-\(apn.utf8.count * 7_919)"),
                    ]
                })
        }
    }

    func isos() -> Reply {
        // A new set is there two minutes after somebody asked for it.
        let made = view.book.operations.tasks.last { $0 + 120 <= view.tick }.map { $0 + 120 } ?? -400_000
        return page(["bonder", "aggregator"]) { part in
            .list(
                part.map { node in
                    [
                        "name": .text("\(node)-\(BondingSystem.version).iso"),
                        "created": .time(view.world.time(made)), "size": .computed(398_458_880),
                    ]
                })
        }
    }

    /// The answer says that the task is queued, not that it is done.
    func createISOs() -> Reply {
        let tick = view.tick
        view.world.world.changeBonds { $0.operations.tasks.append(tick) }
        return json(202, ["status": "queued"])
    }

    func permissions() -> Reply {
        json(200, .object(BondingAccount.permissions.map { .init($0.code, .text($0.name)) }))
    }

    func branding() -> Reply {
        json(
            200,
            [
                "product_name": "Bonded Internet", "version": .text(BondingSystem.version),
                "user": .text(account.user),
            ])
    }

    // MARK: Settings

    func getSettings() -> Reply { json(200, settings(view.book.settings)) }

    private func settings(_ settings: [String: Input]) -> Value {
        .object(BondSettings.all.map { .init($0.name, (settings[$0.name] ?? .null).value) })
    }

    /// Each setting keeps its kind; `PUT` needs all of them.
    func changeSettings() -> Reply {
        let given: [String: Input]
        switch BondingBody(request) {
        case .refused(let reply): return reply
        case .fields(let fields): given = fields
        }
        var complaints: [(field: String, words: String)] = []
        var taken: [String: Input] = [:]
        for setting in BondSettings.all {
            guard let input = given[setting.name] else {
                if request.method == "PUT" { complaints.append((setting.name, "This field is required.")) }
                continue
            }
            if BondingField.type(of: input) == BondingField.type(of: setting.value) {
                taken[setting.name] = input
            } else {
                complaints.append((setting.name, "Not a valid value."))
            }
        }
        guard complaints.isEmpty else { return refused(complaints) }
        let changes = taken
        let book = view.world.world.changeBonds { book in
            book.settings.merge(changes) { $1 }
            return book
        }
        return json(200, settings(book.settings))
    }
}
