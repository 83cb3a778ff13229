/// Which BGP sessions the core devices have.
struct SessionPlan {
    let noise: Noise
    /// How many the largest routers have, if that is more than usual.
    let most: Int

    /// Those with whom the provider exchanges routes.
    static let carriers: [(name: String, number: Int)] = [
        ("EXAMPLE-CARRIER, US", 64_500), ("TÉLÉA Transit, FR", 64_510), ("NORTHWAVE, SE", 64_496),
        ("IX Route Server", 4_200_000_123), ("LAST-AS, ZZ", 4_294_967_295),
    ]

    func sessions(of devices: [Device]) -> [Network.Session] {
        var sessions: [Network.Session] = []
        let largest = Network.largest(.core, of: devices)
        for (index, device) in devices.enumerated() where device.role == .core && !device.isOdd {
            let usual = noise.pick(5...9, .session, index)
            let count = largest.contains(index) ? max(usual, most) : usual
            for peer in 0..<count {
                sessions.append(make(sessions.count + 1, index, peer))
            }
        }
        return sessions
    }

    private func make(_ id: Int, _ device: Int, _ peer: Int) -> Network.Session {
        let carrier = noise.pick(Self.carriers, .session, id, 1)
        let host = noise.pick(2...250, .session, id, 2)
        if peer % 3 == 2 {
            let network = String(noise.pick(0x1000...0xffff, .session, id, 3), radix: 16)
            let last = String(host, radix: 16)
            let padded = String(repeating: "0", count: 4 - last.count) + last
            return Network.Session(
                id: id, device: device, peer: "2001:db8:\(network)::\(last)",
                identifier: "2001:0db8:\(network):0000:0000:0000:0000:\(padded)",
                localAddress: "2001:db8::1", remoteAS: carrier.number, name: carrier.name)
        }
        if peer >= 9 {
            let address = "198.18.\(peer / 250).\(peer % 250 + 1)"
            return Network.Session(
                id: id, device: device, peer: address, identifier: address, localAddress: "192.0.2.1",
                remoteAS: 64_512 + peer, name: "CUSTOMER-\(peer)")
        }
        return Network.Session(
            id: id, device: device, peer: "192.0.2.\(host)", identifier: "192.0.2.\(host)",
            localAddress: "192.0.2.1", remoteAS: carrier.number, name: carrier.name)
    }
}

/// Which customers are billed by traffic, and for what.
struct BillPlan {
    let noise: Noise

    func bills(_ customers: [Customer], _ circuits: [Circuit], _ ports: [Port]) -> [Network.Bill] {
        var portsOf: [Int: [Int]] = [:]
        for (index, port) in ports.enumerated() {
            guard case .circuit(let circuit) = port.use else { continue }
            portsOf[circuits[circuit].customer, default: []].append(index)
        }
        // A bill for one customer of twenty-five, at least a dozen, at most four hundred.
        let step = max(min(customers.count / 12, 25), customers.count / 400, 1)
        return stride(from: 0, to: customers.count, by: step).enumerated().map { number, index in
            let customer = customers[index]
            let counted = portsOf[customer.id] ?? []
            let rate = noise.pick([50, 100, 200, 500, 1_000], .bill, number) * 1_000_000
            let isQuota = number % 3 == 2
            return Network.Bill(
                id: number + 1, name: customer.name, externalID: customer.externalID,
                rate: isQuota ? nil : number % 11 == 7 ? 0 : rate,
                quota: isQuota ? noise.pick([1, 2, 5], .bill, number, 1) << 40 : nil,
                day: noise.pick([1, 15, 31], .bill, number, 2), ports: counted)
        }
    }
}
