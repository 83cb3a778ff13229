extension BondingResource {
    /// How the traffic of a bond is shared out; its classes are made on the web pages alone.
    static let qos = BondingResource(
        .qos, "QoS Profile",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            .required("name", .text(longest: 64)), .integer("overhead_margin", 0...50, 5),
            .optional("space", .space, .number("1")).notNull,
            .computed("classes") { row in
                .list(
                    [("Voice", 20), ("Business", 50), ("Everything else", 30)].map { name, share in
                        [
                            "name": .text(name), "percent": .computed(share),
                            "priority": .computed(share == 20 ? 1 : 2),
                        ]
                    })
            },
            .computed("created") { $0.time($0.record.madeAt) },
        ])

    /// How mobile broadband legs log in at a provider.
    static let mobileProfile = BondingResource(
        .mobileProfile, "Mobile Provider Profile",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            .required("name", .text(longest: 64)), .required("apn", .text(longest: 128)),
            .text("username"), .text("password"),
            .computed("leg_count") { row in
                .computed(
                    row.view.book[.leg].all.count { $0.number("mobile_provider_profile") == row.record.id })
            },
        ])

    // MARK: People

    static let user = BondingResource(
        .user, "User",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            .required("email", .email, unique: "User with this email already exists."), .text("name"),
            BondingField(
                name: "password", content: .text(longest: 128), access: .hidden(.text("")), read: nil),
            .flag("active", true), .optional("space", .space, .number("1")).notNull,
            .optional("groups", .links(.group), .list([])).notNull,
            .optional("timezone", .choice(BondingSystem.timeZones), .text("UTC")),
            .computed("last_login") { row in row.record.id == 2 ? .null : row.time(-3_600 * row.record.id) },
        ])

    static let group = BondingResource(
        .group, "Group",
        [
            .computed("url") { $0.url }, .computed("id") { .computed($0.record.id) },
            .required("name", .text(longest: 80), unique: "Group with this name already exists."),
            .optional("permissions", .words, .list([])).notNull,
            .computed("user_count") { row in
                .computed(
                    row.view.book[.user].all.count { user in
                        let own = Input.number(String(row.record.id))
                        return user.fields["groups"]?.list?.contains(own) ?? false
                    })
            },
        ]
    ) { draft in
        let known = BondingAccount.permissions.map(\.code)
        let unknown = (draft.fields["permissions"]?.list ?? []).compactMap(\.text).first {
            !known.contains($0)
        }
        return unknown.map { [("permissions", "\"\($0)\" is not a valid choice.")] } ?? []
    }
}
