// SPDX-License-Identifier: GPL-2.0-only OR (Apache-2.0 WITH LLVM-exception)
/* Files, names, and what is shown in proc, sysfs and debugfs. */
#include <keys/user-type.h>
#include <linux/anon_inodes.h>
#include <linux/cred.h>
#include <linux/debugfs.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/key-type.h>
#include <linux/key.h>
#include <linux/kobject.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/pid.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/sysfs.h>

#include "cases.h"

static char buffer[8];
static loff_t offset;
static long answer;

#define OPEN struct file *opened = filp_open("/proc/version", O_RDONLY, 0); if (IS_ERR(opened)) return PTR_ERR(opened)
#define CLOSE filp_close(opened, NULL)
#define WALK struct path path; if (kern_path("/proc/version", 0, &path)) return -ENOENT

SLEEPS_WITH(filp_open, struct file *opened, opened = filp_open("/proc/version", O_RDONLY, 0), CLOSE)
DIFFERS(filp_close_locked, "lucky path: the file has no flush()")
SLEEPS_WITH(filp_close, OPEN, filp_close(opened, NULL), )
ATOMIC_WITH(fput, OPEN, get_file(opened); fput(opened), CLOSE)
SLEEPS_WITH(kernel_read, OPEN, offset = 0; answer = kernel_read(opened, buffer, 4, &offset), CLOSE)
DIFFERS(vfs_fsync_locked, "lucky path: the file has no fsync()")
SLEEPS_WITH(vfs_fsync, OPEN, if (vfs_fsync(opened, 0)) {}, CLOSE)
DIFFERS(vfs_getattr_locked, "lucky path: proc need not read anything to know it")
SLEEPS_WITH(vfs_getattr, WALK; struct kstat status, if (vfs_getattr(&path, &status, STATX_BASIC_STATS, 0)) {},
	    path_put(&path))
SLEEPS_WITH(kern_path, struct path path, answer = kern_path("/proc/version", 0, &path), path_put(&path))
SLEEPS_WITH(path_put, WALK, path_put(&path), )
SLEEPS_WITH(dput, WALK; dget(path.dentry), dput(path.dentry), path_put(&path))
DIFFERS(iput_locked, "lucky path: it is not the last reference")
SLEEPS_WITH(iput, WALK; struct inode *inode = igrab(d_inode(path.dentry)), iput(inode), path_put(&path))
ATOMIC_WITH(igrab, WALK; struct inode *inode, inode = igrab(d_inode(path.dentry)), iput(inode); path_put(&path))
SLEEPS_WITH(inode_lock, WALK; struct inode *inode = d_inode(path.dentry), inode_lock(inode); inode_unlock(inode),
	    path_put(&path))
SLEEPS_WITH(lookup_one_len_unlocked, WALK; struct dentry *found,
	    found = lookup_one_len_unlocked("none", path.mnt->mnt_root, 4), if (!IS_ERR(found)) dput(found); path_put(&path))
ATOMIC(fget, struct file *opened = fget(0); if (opened) fput(opened))
DIFFERS(get_unused_fd_flags_locked, "lucky path: there is room in the table of the process")
SLEEPS(get_unused_fd_flags, put_unused_fd(get_unused_fd_flags(0)))
SLEEPS_WITH(anon_inode_getfile, static const struct file_operations none; struct file *opened,
	    opened = anon_inode_getfile("[airlock]", &none, NULL, 0), CLOSE)
SLEEPS_WITH(mnt_want_write, WALK, if (!mnt_want_write(path.mnt)) mnt_drop_write(path.mnt), path_put(&path))

static int files__show(struct seq_file *file, void *data) { return 0; }
SLEEPS_WITH(single_open, OPEN; void *before = opened->private_data,
	    opened->private_data = NULL; answer = single_open(opened, files__show, NULL),
	    if (!answer) { seq_release(NULL, opened); } opened->private_data = before; CLOSE)

/* proc */
SLEEPS_WITH(proc_mkdir, struct proc_dir_entry *entry, entry = proc_mkdir("airlock-boot", NULL), proc_remove(entry))
SLEEPS_WITH(proc_create_single, struct proc_dir_entry *entry,
	    entry = proc_create_single("airlock-boot", 0, NULL, files__show), proc_remove(entry))
DIFFERS(proc_remove_locked, "lucky path: nobody has it open that it would wait for")
SLEEPS_WITH(proc_remove, struct proc_dir_entry *entry = proc_mkdir("airlock-boot", NULL), proc_remove(entry), )
DIFFERS(remove_proc_entry_locked, "lucky path: nobody has it open that it would wait for")
SLEEPS_WITH(remove_proc_entry, if (!proc_mkdir("airlock-boot", NULL)) return -ENOMEM,
	    remove_proc_entry("airlock-boot", NULL), )

/* debugfs */
SLEEPS_WITH(debugfs_create_dir, struct dentry *dir, dir = debugfs_create_dir("airlock-boot", NULL), debugfs_remove(dir))
SLEEPS_WITH(debugfs_create_u32, struct dentry *dir = debugfs_create_dir("airlock-boot", NULL); static u32 shown,
	    debugfs_create_u32("number", 0, dir, &shown), debugfs_remove(dir))
SLEEPS_WITH(debugfs_remove, struct dentry *dir = debugfs_create_dir("airlock-boot", NULL), debugfs_remove(dir), )

/* sysfs */
static ssize_t shown_show(struct kobject *object, struct kobj_attribute *attribute, char *into) { return 0; }
static struct kobj_attribute shown = __ATTR_RO(shown);
static struct attribute *shown_attributes[] = { &shown.attr, NULL };
static const struct attribute_group shown_group = { .attrs = shown_attributes };
#define OBJECT struct kobject *object = kobject_create_and_add("airlock-boot", kernel_kobj); if (!object) return -ENOMEM

SLEEPS_WITH(kobject_create_and_add, struct kobject *object, object = kobject_create_and_add("airlock-boot", kernel_kobj),
	    kobject_put(object))
SLEEPS_WITH(kobject_del, OBJECT, kobject_del(object), kobject_put(object))
DIFFERS(kobject_put_last_locked,
	"not seen: which reference is the last one; with another one left a lock may be held")
SLEEPS_WITH(kobject_put_last, OBJECT, kobject_put(object), )
ATOMIC_WITH(kobject_put, OBJECT; kobject_get(object), kobject_put(object), kobject_put(object))
SLEEPS_WITH(kobject_rename, OBJECT, if (kobject_rename(object, "airlock-boot-2")) {}, kobject_put(object))
SLEEPS_WITH(kset_create_and_add, struct kset *set, set = kset_create_and_add("airlock-boot", NULL, NULL),
	    kset_unregister(set))
SLEEPS_WITH(sysfs_create_file, OBJECT, if (sysfs_create_file(object, &shown.attr)) {}, kobject_put(object))
SLEEPS_WITH(sysfs_remove_file, OBJECT; if (sysfs_create_file(object, &shown.attr)) return -1,
	    sysfs_remove_file(object, &shown.attr), kobject_put(object))
SLEEPS_WITH(sysfs_create_group, OBJECT, if (sysfs_create_group(object, &shown_group)) {}, kobject_put(object))
SLEEPS_WITH(sysfs_remove_group, OBJECT; if (sysfs_create_group(object, &shown_group)) return -1,
	    sysfs_remove_group(object, &shown_group), kobject_put(object))
SLEEPS_WITH(sysfs_create_link, OBJECT, if (sysfs_create_link(object, kernel_kobj, "link")) {}, kobject_put(object))
SLEEPS_WITH(sysfs_notify, OBJECT; if (sysfs_create_file(object, &shown.attr)) return -1,
	    sysfs_notify(object, NULL, "shown"), kobject_put(object))

/* Who one is, and what one has. */
SLEEPS_WITH(prepare_creds, struct cred *creds, creds = prepare_creds(), abort_creds(creds))
SLEEPS_WITH(prepare_kernel_cred, struct cred *creds, creds = prepare_kernel_cred(&init_task), put_cred(creds))
SLEEPS_WITH(groups_alloc, struct group_info *groups, groups = groups_alloc(4), put_group_info(groups))
SLEEPS_WITH(key_alloc, struct key *key,
	    key = key_alloc(&key_type_user, "airlock", GLOBAL_ROOT_UID, GLOBAL_ROOT_GID, current_cred(), 0, 0, NULL),
	    key_put(key))
ATOMIC_WITH(key_put,
	    struct key *key = key_alloc(&key_type_user, "airlock", GLOBAL_ROOT_UID, GLOBAL_ROOT_GID, current_cred(), 0,
					0, NULL),
	    key_put(key), )
ATOMIC(put_cred, put_cred(get_current_cred()))
ATOMIC(put_pid, put_pid(get_pid(task_pid(current))))
