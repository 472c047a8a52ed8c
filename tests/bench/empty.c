/* What starting any program costs; everything is compared with it. */
int main(void)
{
	return 0;
}
