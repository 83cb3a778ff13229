/// A path of a simulated Krill, for tests that have to know all of them.
public struct KrillOffer: Sendable, Equatable {
    /// Below the API's root, with its holes: `isp/cpes/{id}/reboot`.
    public let path: String
    /// The methods that it answers, without HEAD and OPTIONS.
    public let methods: [String]
    /// Those of the methods that change something; a GET may be among them.
    public let acting: [String]
    /// Whether anybody may ask, logged in or not.
    public let isOpen: Bool
}

extension KrillRelease {
    /// Every path that a server of this release has.
    public var offers: [KrillOffer] {
        KrillPaths.all(self).map { path in
            KrillOffer(
                path: path.path, methods: path.methods.map(\.name),
                acting: path.methods.filter(\.acts).map(\.name), isOpen: path.isOpen)
        }
    }
}
