@testable import Simulator

/// A path of a simulated Krill.
struct KrillOffer: Sendable, Equatable {
    /// Below the API's root, with its holes: `isp/cpes/{id}/reboot`.
    let path: String
    /// The methods that it answers, without HEAD and OPTIONS.
    let methods: [String]
    /// Those of the methods that change something; a GET may be among them.
    let acting: [String]
    /// Whether anybody may ask, logged in or not.
    let isOpen: Bool
}

extension KrillRelease {
    /// Every path that a server of this release has.
    var offers: [KrillOffer] {
        KrillPaths.all(self).map { path in
            KrillOffer(
                path: path.path, methods: path.methods.map(\.name),
                acting: path.methods.filter(\.acts).map(\.name), isOpen: path.isOpen)
        }
    }
}
