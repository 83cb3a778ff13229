import Domain

/// One key that two rows of two servers share.
struct Match: Hashable, Sendable {
    let mine: RowKey
    let theirs: RowKey
    /// Whether one of several that have it may be meant.
    let isAmbiguous: Bool

    /// Whether it says by itself that the two belong together.
    var isStrong: Bool { !isAmbiguous && mine.strength == .strong && theirs.strength == .strong }
    /// What it is about: a host name and its first part say the same thing once.
    var subject: KeyClass {
        mine.kind == .shortHost ? .host : mine.kind == .mention ? theirs.kind : mine.kind
    }
    var isMention: Bool { mine.role == .mentions || theirs.role == .mentions }
    var isOwn: Bool { mine.role == .own && theirs.role == .own }
}

/// Judges what two rows share and where they differ.
struct Judgement {
    let matches: [Match]
    let mine: [RowKey]
    let theirs: [RowKey]
    /// Whether both may be the same thing.
    let isIdentity: Bool

    /// Whether the link is exact: one strong key or two weak ones agree, and nothing contradicts.
    ///
    /// Two strong keys that agree outweigh another name, since people name one box differently in two systems; nothing
    /// outweighs another serial number.
    var isExact: Bool {
        let telling = matches.filter { !$0.isAmbiguous && !$0.isMention && (!isIdentity || $0.isOwn) }
        let strong = Set(telling.filter(\.isStrong).map(\.subject))
        guard !strong.isEmpty || Set(telling.map(\.subject)).count > 1 else { return false }
        guard isIdentity else { return true }
        let against = contradictions
        return against.isEmpty || strong.count > 1 && against.count == 1 && !against.contains(.serial)
    }

    /// The classes in which both say something else, and nothing the same.
    private var contradictions: Set<KeyClass> {
        var found: Set<KeyClass> = []
        for kind in [KeyClass.serial, .mac] where differ(kind) { found.insert(kind) }
        if areNamesOfOne { return found }
        // Where one has no domain, the first parts are all that can be compared.
        if differ(.host) || values(mine, .host).isEmpty != values(theirs, .host).isEmpty && differ(.shortHost)
            || values(mine, .host).isEmpty && values(theirs, .host).isEmpty && differ(.shortHost)
        {
            found.insert(.host)
        }
        return found
    }

    /// Whether one says the first parts of a name that the other says whole, as `sw1.mad1` of `sw1.mad1.example.net`.
    private var areNamesOfOne: Bool {
        let (a, b) = (values(mine, .host), values(theirs, .host))
        return a.contains { one in
            b.contains { other in
                one == other || one.hasPrefix(other + ".") || other.hasPrefix(one + ".")
            }
        }
    }

    private func differ(_ kind: KeyClass) -> Bool {
        let (a, b) = (values(mine, kind), values(theirs, kind))
        return !a.isEmpty && !b.isEmpty && a.isDisjoint(with: b)
    }

    private func values(_ keys: [RowKey], _ kind: KeyClass) -> Set<String> {
        Set(keys.lazy.filter { $0.kind == kind && $0.role == .own }.map(\.value))
    }
}
