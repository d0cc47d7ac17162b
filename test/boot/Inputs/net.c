// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Networking and cryptography. */
#include <crypto/hash.h>
#include <crypto/rng.h>
#include <crypto/skcipher.h>
#include <linux/etherdevice.h>
#include <linux/net.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <linux/scatterlist.h>
#include <linux/skbuff.h>
#include <net/net_namespace.h>
#include <net/netlink.h>
#include <net/sock.h>

#include "cases.h"

/* Buffers. */
SLEEPS(alloc_skb, kfree_skb(alloc_skb(64, GFP_KERNEL)))
ATOMIC(alloc_skb_atomic, kfree_skb(alloc_skb(64, GFP_ATOMIC)))
ATOMIC(dev_alloc_skb, dev_kfree_skb_any(dev_alloc_skb(64)))
SLEEPS_WITH(skb_clone, struct sk_buff *skb = alloc_skb(64, GFP_KERNEL), kfree_skb(skb_clone(skb, GFP_KERNEL)), kfree_skb(skb))
ATOMIC_WITH(skb_clone_atomic, struct sk_buff *skb = alloc_skb(64, GFP_KERNEL), kfree_skb(skb_clone(skb, GFP_ATOMIC)),
	    kfree_skb(skb))
SLEEPS_WITH(skb_copy, struct sk_buff *skb = alloc_skb(64, GFP_KERNEL), kfree_skb(skb_copy(skb, GFP_KERNEL)), kfree_skb(skb))
SLEEPS_WITH(pskb_expand_head, struct sk_buff *skb = alloc_skb(64, GFP_KERNEL), if (pskb_expand_head(skb, 8, 8, GFP_KERNEL)) {},
	    kfree_skb(skb))
SLEEPS(nlmsg_new, nlmsg_free(nlmsg_new(64, GFP_KERNEL)))
ATOMIC(nlmsg_new_atomic, nlmsg_free(nlmsg_new(64, GFP_ATOMIC)))

/* Sockets. */
#define SOCKET struct socket *socket; if (sock_create_kern(&init_net, AF_UNIX, SOCK_DGRAM, 0, &socket)) return -ENODEV
SLEEPS_WITH(sock_create_kern, struct socket *socket; int error,
	    error = sock_create_kern(&init_net, AF_UNIX, SOCK_DGRAM, 0, &socket), if (!error) sock_release(socket))
DIFFERS(sock_release_locked, "lucky path: nothing to wait for in a socket of this family that nobody has used")
SLEEPS_WITH(sock_release, SOCKET, sock_release(socket), )
SLEEPS_WITH(lock_sock, SOCKET, lock_sock(socket->sk); release_sock(socket->sk), sock_release(socket))
SLEEPS_WITH(lock_sock_fast, SOCKET, bool slow = lock_sock_fast(socket->sk); unlock_sock_fast(socket->sk, slow),
	    sock_release(socket))
DIFFERS(release_sock_locked, "lucky path: nothing came while the socket was locked")
SLEEPS_WITH(release_sock, SOCKET; lock_sock(socket->sk), release_sock(socket->sk), sock_release(socket))
CASE(lock_sock_is_no_region)
{
	SOCKET;
	lock_sock(socket->sk);
	kfree(kmalloc(16, GFP_KERNEL));
	release_sock(socket->sk);
	sock_release(socket);
	return 0;
}
CASE(bh_lock_sock_allocation)
{
	SOCKET;
	local_bh_disable();
	bh_lock_sock(socket->sk);
	kfree(kmalloc(16, GFP_KERNEL));
	bh_unlock_sock(socket->sk);
	local_bh_enable();
	sock_release(socket);
	return 0;
}
DIFFERS(kernel_sendmsg_locked, "lucky path: an error comes first")
SLEEPS_WITH(kernel_sendmsg, SOCKET; struct msghdr header = { .msg_flags = MSG_DONTWAIT }; struct kvec kvec = {},
	    if (kernel_sendmsg(socket, &header, &kvec, 1, 0)) {}, sock_release(socket))
SLEEPS_WITH(sk_alloc, SOCKET; struct sock *sock, sock = sk_alloc(&init_net, AF_UNIX, GFP_KERNEL, socket->sk->sk_prot, 1),
	    sk_free(sock); sock_release(socket))

/* Devices. */
SLEEPS(rtnl_lock, rtnl_lock(); rtnl_unlock())
ATOMIC(rtnl_trylock, if (rtnl_trylock()) rtnl_unlock())
SLEEPS(rtnl_lock_killable, if (!rtnl_lock_killable()) rtnl_unlock())
SLEEPS_WITH(alloc_etherdev, struct net_device *device, device = alloc_etherdev(0), free_netdev(device))
static netdev_tx_t net__xmit(struct sk_buff *skb, struct net_device *device)
{
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}
static const struct net_device_ops operations = { .ndo_start_xmit = net__xmit };
static int net__poll(struct napi_struct *napi, int budget) { return 0; }
#define ETHERNET                                                                                                       \
	struct net_device *device = alloc_etherdev(0);                                                                     \
	if (!device)                                                                                                       \
	return -ENOMEM;                                                                                                    \
	device->netdev_ops = &operations
SLEEPS_WITH(register_netdev, ETHERNET; int error, error = register_netdev(device), if (!error) unregister_netdev(device);
	    free_netdev(device))
SLEEPS_WITH(unregister_netdev, ETHERNET; if (register_netdev(device)) return -1, unregister_netdev(device), free_netdev(device))
SLEEPS_WITH(free_netdev, ETHERNET, free_netdev(device), )
SLEEPS(synchronize_net, synchronize_net())
static int net__notified(struct notifier_block *block, unsigned long what, void *data) { return NOTIFY_DONE; }
static struct notifier_block block = { .notifier_call = net__notified };
SLEEPS_WITH(register_netdevice_notifier, int error, error = register_netdevice_notifier(&block),
	    if (!error) unregister_netdevice_notifier(&block))
ATOMIC_WITH(dev_get_by_name, struct net_device *device, device = dev_get_by_name(&init_net, "lo"), dev_put(device))
SLEEPS_WITH(napi_disable, ETHERNET; struct napi_struct napi = {}; netif_napi_add(device, &napi, net__poll); napi_enable(&napi),
	    napi_disable(&napi), netif_napi_del(&napi); free_netdev(device))
SLEEPS_WITH(netif_napi_del, ETHERNET; struct napi_struct napi = {}; netif_napi_add(device, &napi, net__poll), netif_napi_del(&napi),
	    free_netdev(device))

/* Cryptography. */
#define HASH struct crypto_shash *hash = crypto_alloc_shash("sha256", 0, 0); u8 digest[32]; if (IS_ERR(hash)) return PTR_ERR(hash)
SLEEPS_WITH(crypto_alloc_shash, struct crypto_shash *hash, hash = crypto_alloc_shash("sha256", 0, 0), crypto_free_shash(hash))
ATOMIC_WITH(crypto_shash_digest, HASH, if (crypto_shash_tfm_digest(hash, "abc", 3, digest)) {}, crypto_free_shash(hash))
ATOMIC_WITH(crypto_free_shash, HASH; memset(digest, 0, 32), crypto_free_shash(hash), )
SLEEPS_WITH(crypto_alloc_skcipher, struct crypto_skcipher *cipher, cipher = crypto_alloc_skcipher("cbc(aes)", 0, 0),
	    crypto_free_skcipher(cipher))
#define CIPHER(flags)                                                                                                  \
	struct crypto_skcipher *cipher = crypto_alloc_skcipher("cbc(aes)", 0, CRYPTO_ALG_ASYNC);                           \
	struct skcipher_request *request = IS_ERR(cipher) ? NULL : skcipher_request_alloc(cipher, GFP_KERNEL);             \
	struct scatterlist list;                                                                                           \
	static u8 block[16], iv[16], secret[16];                                                                           \
	if (!request || crypto_skcipher_setkey(cipher, secret, 16))                                                        \
		return -ENODEV;                                                                                                \
	sg_init_one(&list, block, 16);                                                                                     \
	skcipher_request_set_callback(request, flags, NULL, NULL);                                                         \
	skcipher_request_set_crypt(request, &list, &list, 16, iv)
#define NO_CIPHER skcipher_request_free(request); crypto_free_skcipher(cipher)
DIFFERS(crypto_skcipher_encrypt_locked,
	"not seen: the flags of a request are in memory, and without MAY_SLEEP it does not")
SLEEPS_WITH(crypto_skcipher_encrypt, CIPHER(CRYPTO_TFM_REQ_MAY_SLEEP), if (crypto_skcipher_encrypt(request)) {}, NO_CIPHER)
ATOMIC_WITH(crypto_skcipher_encrypt_atomic, CIPHER(0), if (crypto_skcipher_encrypt(request)) {}, NO_CIPHER)

static struct pernet_operations per_net;
SLEEPS_WITH(register_pernet_subsys, int error, error = register_pernet_subsys(&per_net),
	    if (!error) unregister_pernet_subsys(&per_net))
SLEEPS_WITH(netlink_kernel_create, struct netlink_kernel_cfg config = {}; struct sock *sock,
	    sock = netlink_kernel_create(&init_net, NETLINK_USERSOCK, &config), if (sock) netlink_kernel_release(sock))
SLEEPS_WITH(crypto_alloc_ahash, struct crypto_ahash *hash, hash = crypto_alloc_ahash("sha256", 0, 0), crypto_free_ahash(hash))
